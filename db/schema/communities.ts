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
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import {
  COMMUNITY_KINDS,
  COMMUNITY_MARKS,
  PARSE_SOURCES,
  PARSE_SPEEDS,
  PARSE_STATUSES,
  PRIORITIES,
  SEARCH_KINDS,
  SEARCH_STATUSES,
} from '#core/statuses.ts';
import { id, moment, telegramId } from './columns.ts';
import { workspace } from './team.ts';

export const communityKindEnum = pgEnum('community_kind', COMMUNITY_KINDS);
export const communityMarkEnum = pgEnum('community_mark', COMMUNITY_MARKS);
export const searchKindEnum = pgEnum('search_kind', SEARCH_KINDS);
export const searchStatusEnum = pgEnum('search_status', SEARCH_STATUSES);
export const parseSourceEnum = pgEnum('parse_source', PARSE_SOURCES);
export const parseSpeedEnum = pgEnum('parse_speed', PARSE_SPEEDS);
export const parseStatusEnum = pgEnum('parse_status', PARSE_STATUSES);
export const priorityEnum = pgEnum('priority', PRIORITIES);

/** A community the workspace named or found. The facts are null until an account has read it. */
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
    /** What it says of itself, at most 255 characters (Telegram's bound). */
    about: text('about'),
    /** When the last of its messages that an account saw was written. */
    lastPostAt: moment('last_post_at'),
    /** A guess from title and about: ISO 639-1. */
    language: text('language'),
    mark: communityMarkEnum('mark').notNull().default('saved'),
    checkedAt: moment('checked_at'),
    /** Why it could not be read, a refusal code; null when it could. */
    refusal: text('refusal'),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [
    uniqueIndex('community_workspace_reference').on(t.workspaceId, t.reference),
    uniqueIndex('community_workspace_telegram_id').on(t.workspaceId, t.telegramId),
    index('community_workspace_created').on(t.workspaceId, t.createdAt),
  ],
);

/** A question for communities, and how far its answer has come. */
export const communitySearch = pgTable(
  'community_search',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    kind: searchKindEnum('kind').notNull(),
    /** With the kind `words` only. */
    words: text('words'),
    /** The channel that others are to be like; with the kind `similar` only. */
    likeId: uuid('like_id').references(() => community.id),
    status: searchStatusEnum('status').notNull(),
    /** Refusal code or Telegram's error name. */
    reason: text('reason'),
    /** Who asks; null when nobody needs to. */
    accountId: uuid('account_id'),
    /** When it may be asked; null when it is over. */
    searchAt: moment('search_at'),
    /** Times in a row without an answer. */
    failuresInRow: integer('failures_in_row').notNull().default(0),
    createdAt: moment('created_at').notNull(),
    finishedAt: moment('finished_at'),
  },
  (t) => [
    index('community_search_workspace').on(t.workspaceId, t.createdAt),
    index('community_search_due').on(t.searchAt).where(sql`status = 'waiting'`),
    index('community_search_line').on(t.accountId, t.searchAt).where(sql`status = 'waiting'`),
  ],
);

/** What a search found, in Telegram's order. */
export const communityHit = pgTable(
  'community_hit',
  {
    searchId: uuid('search_id')
      .notNull()
      .references(() => communitySearch.id),
    communityId: uuid('community_id')
      .notNull()
      .references(() => community.id),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    position: integer('position').notNull(),
  },
  (t) => [primaryKey({ columns: [t.searchId, t.communityId] })],
);

/** Every call of a search that an account made or may have made: its limits are read from here. */
export const searchCall = pgTable(
  'search_call',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    accountId: uuid('account_id').notNull(),
    searchId: uuid('search_id')
      .notNull()
      .references(() => communitySearch.id),
    askedAt: moment('asked_at').notNull(),
  },
  (t) => [index('search_call_account').on(t.accountId, t.askedAt)],
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
    index('parse_task_line')
      .on(t.accountId, t.priority, t.createdAt, t.id)
      .where(sql`status in ('waiting', 'running')`),
    index('parse_task_open').on(t.accountId).where(sql`status in ('checking', 'waiting', 'running')`),
  ],
);
