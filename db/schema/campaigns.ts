import { sql } from 'drizzle-orm';
import {
  bigint,
  index,
  integer,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import {
  ATTEMPT_STATUSES,
  CAMPAIGN_MODES,
  CAMPAIGN_STATUSES,
  DEPARTURES,
  PLATFORMS,
  TARGET_STATUSES,
} from '#core/statuses.ts';
import { account } from './accounts.ts';
import { id, moment } from './columns.ts';
import { community, priorityEnum } from './communities.ts';
import { audience, basisEnum, person } from './people.ts';
import { workspace } from './team.ts';

export const campaignStatusEnum = pgEnum('campaign_status', CAMPAIGN_STATUSES);
export const campaignModeEnum = pgEnum('campaign_mode', CAMPAIGN_MODES);
export const platformEnum = pgEnum('platform', PLATFORMS);
export const targetStatusEnum = pgEnum('target_status', TARGET_STATUSES);
export const departureEnum = pgEnum('departure', DEPARTURES);
export const attemptStatusEnum = pgEnum('attempt_status', ATTEMPT_STATUSES);

export const campaign = pgTable(
  'campaign',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    name: text('name').notNull(),
    platform: platformEnum('platform').notNull(),
    mode: campaignModeEnum('mode').notNull(),
    priority: priorityEnum('priority').notNull(),
    status: campaignStatusEnum('status').notNull(),
    /** Why it is paused, failed or cancelled. */
    statusBecause: text('status_because'),
    communityId: uuid('community_id')
      .notNull()
      .references(() => community.id),
    audienceId: uuid('audience_id')
      .notNull()
      .references(() => audience.id),
    createdAt: moment('created_at').notNull(),
    startedAt: moment('started_at'),
    finishedAt: moment('finished_at'),
  },
  (t) => [
    uniqueIndex('campaign_workspace_name').on(t.workspaceId, t.name),
    index('campaign_workspace_created').on(t.workspaceId, t.createdAt),
  ],
);

/** The accounts whose lanes work for a campaign. */
export const campaignAccount = pgTable(
  'campaign_account',
  {
    campaignId: uuid('campaign_id')
      .notNull()
      .references(() => campaign.id),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    /** When this lane last worked for the campaign: of equal campaigns the longest unserved comes first. */
    servedAt: moment('served_at'),
  },
  (t) => [
    primaryKey({ columns: [t.campaignId, t.accountId] }),
    index('campaign_account_account').on(t.accountId),
  ],
);

/** One person in one campaign. */
export const target = pgTable(
  'target',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    campaignId: uuid('campaign_id')
      .notNull()
      .references(() => campaign.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    basis: basisEnum('basis').notNull(),
    status: targetStatusEnum('status').notNull(),
    /** Telegram's error name, a missing reason or a rule: a key of the error catalogue. */
    reason: text('reason'),
    notBefore: moment('not_before'),
    /** Order inside the campaign. */
    position: integer('position').notNull(),
    settledAt: moment('settled_at'),
  },
  (t) => [
    uniqueIndex('target_campaign_person').on(t.campaignId, t.personId),
    index('target_person').on(t.personId),
    // One index a state: comparing an enum is not leakproof, so under row level security it uses neither index columns
    // nor statistics.
    index('target_pending').on(t.campaignId, t.position).where(sql`status = 'pending'`),
    index('target_waiting').on(t.campaignId, t.notBefore).where(sql`status = 'waiting'`),
    index('target_attempting').on(t.campaignId, t.position).where(sql`status = 'attempting'`),
  ],
);

/** The ledger: one try by one account to bring one target in. Everything that limits or counts is read from here. */
export const attempt = pgTable(
  'attempt',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    campaignId: uuid('campaign_id')
      .notNull()
      .references(() => campaign.id),
    targetId: uuid('target_id')
      .notNull()
      .references(() => target.id),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    accountId: uuid('account_id')
      .notNull()
      .references(() => account.id),
    communityId: uuid('community_id')
      .notNull()
      .references(() => community.id),
    leaseToken: bigint('lease_token', { mode: 'number' }).notNull(),
    status: attemptStatusEnum('status').notNull(),
    reason: text('reason'),
    /** Business time: reserved, before the call. */
    startedAt: moment('started_at').notNull(),
    /** Infrastructure time: past it an open attempt is unknown. */
    deadlineAt: moment('deadline_at').notNull(),
    /** Business time: the latest moment the call can have reached Telegram; null while it may still be under way. */
    countedAt: moment('counted_at'),
    /** Telegram's name of an error that nobody knew, whatever came of the attempt later. */
    unknownError: text('unknown_error'),
    /** Business time: when to look whether the person who joined is still there; null when there is nothing to see. */
    reviewAt: moment('review_at'),
    /** How the person was found gone within a day. */
    departure: departureEnum('departure'),
  },
  (t) => [
    index('attempt_person').on(t.personId),
    uniqueIndex('attempt_campaign_person').on(t.campaignId, t.personId).where(sql`status <> 'returned'`),
    uniqueIndex('attempt_community_person').on(t.communityId, t.personId).where(sql`status <> 'returned'`),
    uniqueIndex('attempt_account_open').on(t.accountId).where(sql`status in ('attempting', 'unknown')`),
    index('attempt_account_time').on(t.accountId, t.countedAt),
    index('attempt_account_community').on(t.accountId, t.communityId),
    index('attempt_campaign_time').on(t.campaignId, t.startedAt),
    index('attempt_community_time').on(t.communityId, t.countedAt),
    index('attempt_community_open').on(t.communityId).where(sql`status in ('attempting', 'unknown')`),
    index('attempt_open').on(t.deadlineAt).where(sql`status in ('attempting', 'unknown')`),
    index('attempt_review').on(t.reviewAt).where(sql`review_at is not null`),
  ],
);
