import { sql } from 'drizzle-orm';
import {
  boolean,
  index,
  integer,
  jsonb,
  pgEnum,
  pgTable,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { COMMUNITY_KINDS, PARSE_SOURCES, PARSE_SPEEDS, PARSE_STATUSES, PRIORITIES } from '#core/statuses.ts';
import { id, moment, telegramId } from './columns.ts';
import { workspace } from './team.ts';

export const communityKindEnum = pgEnum('community_kind', COMMUNITY_KINDS);
export const parseSourceEnum = pgEnum('parse_source', PARSE_SOURCES);
export const parseSpeedEnum = pgEnum('parse_speed', PARSE_SPEEDS);
export const parseStatusEnum = pgEnum('parse_status', PARSE_STATUSES);
export const priorityEnum = pgEnum('priority', PRIORITIES);

/** A community the workspace named. The facts are null until an account has read it. */
export const community = pgTable(
  'community',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    /** The reference as it was given, in its normal form: `@name`, `+hash` or an id. */
    reference: text('reference').notNull(),
    telegramId: telegramId('telegram_id'),
    kind: communityKindEnum('kind'),
    title: text('title'),
    username: text('username'),
    membersCount: integer('members_count'),
    membersHidden: boolean('members_hidden'),
    /** Telegram id of the discussion group of a channel. */
    linkedTelegramId: telegramId('linked_telegram_id'),
    /** Comments under the last 15 posts of a channel. */
    recentComments: integer('recent_comments'),
    /** All its messages, or the posts of a channel. */
    messagesCount: integer('messages_count'),
    checkedAt: moment('checked_at'),
    /** Why it could not be read, a refusal code; null when it could. */
    refusal: text('refusal'),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('community_workspace_reference').on(t.workspaceId, t.reference),
    uniqueIndex('community_workspace_telegram_id').on(t.workspaceId, t.telegramId),
  ],
);

export const parseTask = pgTable(
  'parse_task',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    communityId: uuid('community_id')
      .notNull()
      .references(() => community.id),
    source: parseSourceEnum('source').notNull(),
    speed: parseSpeedEnum('speed').notNull(),
    priority: priorityEnum('priority').notNull(),
    /** What it is told to look for; shape in `core/parsing/wish.ts`. */
    wish: jsonb('wish').notNull().default({}),
    status: parseStatusEnum('status').notNull(),
    /** Refusal code or Telegram's error name. */
    reason: text('reason'),
    /** What befell the account that handed it on last, Telegram's error name. */
    movedBecause: text('moved_because'),
    /** Where the next page begins; shape in `core/parsing/cursor.ts`. */
    cursor: jsonb('cursor'),
    /** The account that reads it; one task uses one account at a time. */
    accountId: uuid('account_id'),
    /** When the next page may be asked for. */
    nextPageAt: moment('next_page_at'),
    /** Pages in a row without an answer. */
    failuresInRow: integer('failures_in_row').notNull().default(0),
    /** The requests of the last minute; shape in `core/parsing/pace.ts`. */
    asked: jsonb('asked').notNull().default([]),
    /** Members or messages. */
    seenCount: integer('seen_count').notNull().default(0),
    /** Of the messages those with a photo, a file or the like. */
    mediaCount: integer('media_count').notNull().default(0),
    /** Of the messages those without a person as sender: channels, anonymous administrators. */
    impersonalCount: integer('impersonal_count').notNull().default(0),
    peopleCount: integer('people_count').notNull().default(0),
    /** Telegram's own count; null until the first page. */
    totalCount: integer('total_count'),
    createdAt: moment('created_at').notNull(),
    startedAt: moment('started_at'),
    finishedAt: moment('finished_at'),
  },
  (t) => [
    index('parse_task_workspace_created').on(t.workspaceId, t.createdAt),
    index('parse_task_next_page').on(t.nextPageAt).where(sql`status in ('waiting', 'running')`),
    index('parse_task_open').on(t.accountId).where(sql`status in ('checking', 'waiting', 'running')`),
  ],
);
