import { sql } from 'drizzle-orm';
import {
  boolean,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  primaryKey,
  text,
  unique,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { AUDIENCE_STATUSES, BASES, ORIGINS, SUPPRESSION_SCOPES } from '#core/statuses.ts';
import { LAST_SEEN_BUCKETS } from '#core/telegram/user-session.ts';
import { bytes, id, moment, telegramId } from './columns.ts';
import { community, communityKindEnum } from './communities.ts';
import { workspace } from './team.ts';

export const lastSeenEnum = pgEnum('last_seen', LAST_SEEN_BUCKETS);
export const basisEnum = pgEnum('basis', BASES);
export const originEnum = pgEnum('origin', ORIGINS);
export const audienceStatusEnum = pgEnum('audience_status', AUDIENCE_STATUSES);
export const suppressionScopeEnum = pgEnum('suppression_scope', SUPPRESSION_SCOPES);
export const peerRefKindEnum = pgEnum('peer_ref_kind', ['full', 'from_message']);

/**
 * A Telegram user the workspace knows, by Telegram id, by username or by phone number, or by several. Like the two
 * tables below it carries no foreign keys: the one statement that fills them has just made or locked what they point to,
 * and the checks would be a third of the cost of a page. Whoever deletes a person deletes their sightings and references first.
 */
export const person = pgTable(
  'person',
  {
    id: id(),
    workspaceId: uuid('workspace_id').notNull(),
    telegramId: telegramId('telegram_id'),
    /** Lower case, without @. */
    username: text('username'),
    /** In E.164 form, as operators gave it: Telegram is not asked for numbers. */
    phone: text('phone'),
    /** Telegram said that nobody has the number, or that its owner is not to be found by it. */
    phoneLeadsNowhere: boolean('phone_leads_nowhere').notNull().default(false),
    firstName: text('first_name').notNull(),
    lastName: text('last_name'),
    isBot: boolean('is_bot').notNull(),
    isDeleted: boolean('is_deleted').notNull(),
    isScam: boolean('is_scam').notNull(),
    isPremium: boolean('is_premium').notNull(),
    hasPhoto: boolean('has_photo').notNull(),
    isAdminSomewhere: boolean('is_admin_somewhere').notNull(),
    lastSeen: lastSeenEnum('last_seen').notNull(),
    seenAt: moment('seen_at').notNull(),
    /** Privacy refused a direct add: never tried again anywhere. */
    refusesDirectAdd: boolean('refuses_direct_add').notNull().default(false),
    /** Their data was erased; the row is what attempts and targets, which count, still point to. */
    erasedAt: moment('erased_at'),
    /** What a search compares: both names in lower case, and the last one alone. */
    nameKey: text('name_key').generatedAlwaysAs(sql`lower(first_name || coalesce(' ' || last_name, ''))`),
    lastNameKey: text('last_name_key').generatedAlwaysAs(sql`lower(last_name)`),
  },
  // The order of bytes, whose comparisons may be made before row level security: those of a language may not.
  (t) => [
    uniqueIndex('person_workspace_telegram_id').on(t.workspaceId, t.telegramId),
    index('person_workspace_username').on(t.workspaceId, t.username.op('text_pattern_ops'), t.id),
    index('person_workspace_phone')
      .on(t.workspaceId, t.phone.op('text_pattern_ops'), t.id)
      .where(sql`phone is not null`),
    index('person_workspace_name').on(t.workspaceId, t.nameKey.op('text_pattern_ops'), t.id),
    index('person_workspace_last_name')
      .on(t.workspaceId, t.lastNameKey.op('text_pattern_ops'), t.id)
      .where(sql`last_name_key is not null`),
    index('person_workspace_seen').on(t.workspaceId, t.seenAt, t.id),
    index('person_without_id').on(t.workspaceId).where(sql`telegram_id is null`),
  ],
);

/** Where a person was seen, by which account and how. Only the count of messages grows. */
export const sighting = pgTable(
  'sighting',
  {
    personId: uuid('person_id').notNull(),
    parseTaskId: uuid('parse_task_id').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    communityId: uuid('community_id').notNull(),
    accountId: uuid('account_id').notNull(),
    /** Order inside the task. */
    ordinal: integer('ordinal').notNull(),
    /** Messages of the person that the task has read. */
    messageCount: integer('message_count').notNull().default(0),
    at: moment('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.parseTaskId, t.personId] })],
);

/** How one account addresses one person. A `from_message` reference never replaces a full one. */
export const peerRef = pgTable(
  'peer_ref',
  {
    accountId: uuid('account_id').notNull(),
    personId: uuid('person_id').notNull(),
    workspaceId: uuid('workspace_id').notNull(),
    kind: peerRefKindEnum('kind').notNull(),
    /** Of the person when full, of the chat when from a message. */
    accessHash: telegramId('access_hash').notNull(),
    chatKind: communityKindEnum('chat_kind'),
    chatTelegramId: telegramId('chat_telegram_id'),
    messageId: integer('message_id'),
  },
  (t) => [primaryKey({ columns: [t.accountId, t.personId] }), index('peer_ref_person').on(t.personId)],
);

export const audience = pgTable('audience', {
  id: id(),
  workspaceId: uuid('workspace_id')
    .notNull()
    .references(() => workspace.id),
  name: text('name').notNull(),
  status: audienceStatusEnum('status').notNull(),
  /** What it is built from; shape in `core/audience/source.ts`. */
  source: jsonb('source').notNull(),
  membersCount: integer('members_count').notNull().default(0),
  createdAt: moment('created_at').notNull(),
});

/**
 * Its audience and workspace carry no foreign keys: whoever adds members has just made or locked the audience, and the
 * checks would be a tenth of the cost of an import. Whoever deletes an audience deletes its members first.
 */
export const audienceMember = pgTable(
  'audience_member',
  {
    audienceId: uuid('audience_id').notNull(),
    personId: uuid('person_id')
      .notNull()
      .references(() => person.id),
    workspaceId: uuid('workspace_id').notNull(),
    basis: basisEnum('basis').notNull(),
    /** Order inside the audience. */
    position: integer('position').notNull(),
    origin: originEnum('origin').notNull().default('typed'),
    /** The parse task, file or other audience; null for what has no row of its own. */
    originId: uuid('origin_id'),
  },
  // Deleting people asks for each whether an audience, a target or an attempt names them.
  (t) => [
    primaryKey({ columns: [t.audienceId, t.personId] }),
    index('audience_member_person').on(t.personId),
  ],
);

/** A row of a typed list that could not become a member, with its line and reason. */
export const audienceReject = pgTable(
  'audience_reject',
  {
    audienceId: uuid('audience_id')
      .notNull()
      .references(() => audience.id),
    line: integer('line').notNull(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    text: text('text').notNull(),
    reason: text('reason').notNull(),
  },
  (t) => [primaryKey({ columns: [t.audienceId, t.line] })],
);

/** Someone who must not be contacted, kept as a keyed hash so that erasing the person keeps it. */
export const suppression = pgTable(
  'suppression',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    scope: suppressionScopeEnum('scope').notNull(),
    communityId: uuid('community_id').references(() => community.id),
    personHash: bytes('person_hash').notNull(),
    reason: text('reason').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    index('suppression_person').on(t.workspaceId, t.personHash),
    unique('suppression_once').on(t.workspaceId, t.scope, t.communityId, t.personHash).nullsNotDistinct(),
  ],
);

/**
 * Someone who told the bot to stop. They told all of Usher and no workspace, so every workspace is held to it, those made
 * later too.
 */
export const stoppedPerson = pgTable('stopped_person', {
  personHash: bytes('person_hash').primaryKey(),
  stoppedAt: moment('stopped_at').notNull(),
});
