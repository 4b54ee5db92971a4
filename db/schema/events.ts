import { sql } from 'drizzle-orm';
import {
  bigint,
  bigserial,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytes, id, moment, telegramId } from './columns.ts';
import { operator, workspace } from './team.ts';

/**
 * Who did what, with the state before and after. Append-only: no role may change or delete a row. A worker seals rows a
 * moment after their commit: `position` counts within the workspace, `hash` is over the content and the hash before.
 */
export const audit = pgTable(
  'audit',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    actor: jsonb('actor').notNull(),
    action: text('action').notNull(),
    entityId: uuid('entity_id'),
    before: jsonb('before'),
    after: jsonb('after'),
    at: moment('at').notNull(),
    /** The order of writing: rows of one moment stand as their command wrote them. */
    sequence: bigserial('sequence', { mode: 'number' }).notNull(),
    position: bigint('position', { mode: 'number' }),
    previousHash: bytes('previous_hash'),
    hash: bytes('hash'),
  },
  (t) => [
    index('audit_workspace_time').on(t.workspaceId, t.at),
    uniqueIndex('audit_chain').on(t.workspaceId, t.position).where(sql`position is not null`),
    // Who ordered what people came from.
    index('audit_order')
      .on(t.entityId)
      .where(sql`action in ('audience.requested', 'audience_file.opened', 'parse_task.created')`),
    index('audit_account').on(t.entityId, t.at).where(sql`action like 'account.%'`),
    index('audit_unsealed').on(t.sequence).where(sql`position is null`),
  ],
);

/** Events on their way. `position` is given by the relay in commit order; null until then. */
export const outbox = pgTable(
  'outbox',
  {
    id: bigserial('id', { mode: 'number' }).primaryKey(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    kind: text('kind').notNull(),
    payload: jsonb('payload').notNull(),
    at: moment('at').notNull(),
    position: bigint('position', { mode: 'number' }),
  },
  (t) => [
    uniqueIndex('outbox_position').on(t.position),
    index('outbox_unpublished').on(t.id).where(sql`position is null`),
  ],
);

/** How far a reader of events has come, so that a restart neither skips nor repeats. */
export const eventReader = pgTable('event_reader', {
  name: text('name').primaryKey(),
  position: bigint('position', { mode: 'number' }).notNull(),
});

/** The one message of a kind in an operator's chat that is edited in place instead of sent again. */
export const botMessage = pgTable(
  'bot_message',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    operatorId: uuid('operator_id')
      .notNull()
      .references(() => operator.id),
    /** `status`, or the key of an alert. */
    key: text('key').notNull(),
    chatId: telegramId('chat_id').notNull(),
    messageId: integer('message_id').notNull(),
    /** Hash of what it shows: an equal screen is not sent again. */
    shown: bytes('shown').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.operatorId, t.key] })],
);
