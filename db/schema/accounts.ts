import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  index,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import type { AdminRight } from '#core/community/admin-rights.ts';
import { ACCOUNT_STATUSES } from '#core/statuses.ts';
import { bytes, id, moment, telegramId } from './columns.ts';
import { community } from './communities.ts';
import { workspace } from './team.ts';

export const accountStatusEnum = pgEnum('account_status', ACCOUNT_STATUSES);

export const account = pgTable(
  'account',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    telegramId: telegramId('telegram_id').notNull(),
    firstName: text('first_name').notNull(),
    lastName: text('last_name'),
    username: text('username'),
    isPremium: boolean('is_premium').notNull().default(false),
    /** Null until its profile was read. */
    hasPhoto: boolean('has_photo'),
    /** When its profile and sessions were last read, and when they are to be read again. */
    refreshedAt: moment('refreshed_at'),
    refreshAt: moment('refresh_at'),
    /** When it is to be logged out at Telegram; null when nobody wants it. */
    logOutAt: moment('log_out_at'),
    /** Since when it is no longer shown; its row stays for history and limits, and a new sign-in brings it back. */
    removedAt: moment('removed_at'),
    status: accountStatusEnum('status').notNull(),
    /** Telegram's own name of the error that led to the status. */
    statusError: text('status_error'),
    /** Recovery is a row, not a timer: the end of the longest wait, which a sign-out does not shorten. */
    recoversAt: moment('recovers_at'),
    /** Telegram's own name of the error that asked for that wait. */
    waitError: text('wait_error'),
    /** Even after the wait it acts only when a person has resumed it. */
    wantsPerson: boolean('wants_person').notNull().default(false),
    /** When a person last resumed it. */
    resumedAt: moment('resumed_at'),
    /** What Telegram says of a frozen account, and when to ask again; null when there is nothing to ask. */
    freezeSince: moment('freeze_since'),
    freezeUntil: moment('freeze_until'),
    freezeAppealUrl: text('freeze_appeal_url'),
    freezeCheckAt: moment('freeze_check_at'),
    /** Every PEER_FLOOD so far: half limits and longer blocks are judged by them. */
    peerFloods: moment('peer_floods').array().notNull().default(sql`'{}'`),
    /** When the first sign-in happened: the ramp of a new account counts from here. */
    connectedAt: moment('connected_at').notNull(),
    /** When it was last chosen for work or made an invite. */
    usedAt: moment('used_at'),
    /** The account's next invite slot; null when nothing waits for it. */
    nextSlotAt: moment('next_slot_at'),
    /** Which rule binds the next slot. */
    nextSlotBecause: text('next_slot_because'),
  },
  (t) => [
    uniqueIndex('account_workspace_telegram_id').on(t.workspaceId, t.telegramId),
    index('account_next_slot').on(t.nextSlotAt),
    index('account_recovers').on(t.recoversAt),
    index('account_longest_unused')
      .on(t.workspaceId, t.usedAt.asc().nullsFirst())
      .where(sql`status = 'active' and not wants_person`),
    index('account_refresh').on(t.refreshAt).where(sql`refresh_at is not null`),
    index('account_log_out').on(t.logOutAt).where(sql`log_out_at is not null`),
    index('account_freeze_check').on(t.freezeCheckAt).where(sql`freeze_check_at is not null`),
  ],
);

/** The sealed session. Only workers hold the key that opens it. */
export const accountSession = pgTable('account_session', {
  accountId: uuid('account_id')
    .primaryKey()
    .references(() => account.id),
  workspaceId: uuid('workspace_id')
    .notNull()
    .references(() => workspace.id),
  sealed: bytes('sealed').notNull(),
  keyId: text('key_id').notNull(),
  sealedAt: moment('sealed_at').notNull(),
});

/** The sessions of an account as Telegram listed them at the last look: from where else it is used. */
export const accountAuthorization = pgTable(
  'account_authorization',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    /** Telegram's name of the session; 0 is the one that works here. */
    hash: telegramId('hash').notNull(),
    isCurrent: boolean('is_current').notNull(),
    device: text('device').notNull(),
    app: text('app').notNull(),
    country: text('country').notNull(),
    createdAt: moment('created_at').notNull(),
    activeAt: moment('active_at').notNull(),
    /** Since when a person wants it ended. */
    endAt: moment('end_at'),
    /** Telegram's name of the error that kept it from being ended. */
    endError: text('end_error'),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.hash] })],
);

/** The right of one node to hold one account's connection. Times are infrastructure time, read from the database. */
export const lease = pgTable(
  'lease',
  {
    accountId: uuid('account_id')
      .primaryKey()
      .references(() => account.id),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    /** The run of a node; null when released. */
    nodeId: uuid('node_id'),
    /** Grows by one at each grant, never otherwise. */
    token: bigint('token', { mode: 'number' }).notNull(),
    until: moment('until').notNull(),
  },
  (t) => [index('lease_node').on(t.nodeId, t.until), index('lease_until').on(t.until)],
);

/**
 * Work handed to a node and not to be handed out again while `marker` stands for the same wish (a slot, a task) and
 * `until`, infrastructure time, has not passed. A lost queue or node therefore only delays.
 */
export const workClaim = pgTable(
  'work_claim',
  {
    job: text('job').notNull(),
    /** The ids the job is about. */
    key: text('key').notNull(),
    marker: text('marker').notNull(),
    nodeId: uuid('node_id').notNull(),
    until: moment('until').notNull(),
  },
  (t) => [primaryKey({ columns: [t.job, t.key] }), index('work_claim_until').on(t.until)],
);

/** How one account addresses one community, what it may do there, and the wish to find out. */
export const communityAccess = pgTable(
  'community_access',
  {
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    communityId: uuid('community_id')
      .notNull()
      .references(() => community.id),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    /** Null until this account has read it, or when it cannot. */
    accessHash: telegramId('access_hash'),
    isMember: boolean('is_member').notNull().default(false),
    isAdmin: boolean('is_admin').notNull().default(false),
    mayInvite: boolean('may_invite').notNull().default(false),
    /** What it may do there as an administrator. */
    adminRights: text('admin_rights').array().$type<readonly AdminRight[]>().notNull().default([]),
    /** When it is to be read; null when nobody asks. */
    checkAt: moment('check_at'),
    /** When it was last read, or could not be. */
    checkedAt: moment('checked_at'),
    /** Why this account could not read it, a refusal code. */
    refusal: text('refusal'),
  },
  (t) => [
    primaryKey({ columns: [t.accountId, t.communityId] }),
    index('community_access_community').on(t.communityId),
    index('community_access_check').on(t.checkAt),
    index('community_access_line').on(t.accountId, t.checkAt).where(sql`check_at is not null`),
  ],
);

/** Every look-up of a name or a number that an account made or may have made: the windows are read from here. */
export const lookup = pgTable(
  'lookup',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    /** Empty once it is forgotten, and of a look-up by phone: numbers stand with their people alone. */
    username: text('username').notNull(),
    isByPhone: boolean('is_by_phone').notNull().default(false),
    /** Whom it is to reach; null when it resolves a community. */
    personId: uuid('person_id'),
    startedAt: moment('started_at').notNull(),
    /** Infrastructure time: past it a look-up without an answer is counted as made. */
    deadlineAt: moment('deadline_at').notNull(),
    /** Upper bound of its arrival at Telegram; null while it may still be under way. */
    countedAt: moment('counted_at'),
    error: text('error'),
  },
  (t) => [
    index('lookup_account_time').on(t.accountId, t.startedAt),
    index('lookup_open').on(t.deadlineAt).where(sql`counted_at is null`),
  ],
);
