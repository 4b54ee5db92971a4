import { sql } from 'drizzle-orm';
import {
  bigint,
  index,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytes, id, moment } from './columns.ts';
import { operator, roleEnum, workspace } from './team.ts';

/**
 * How programs come in. The token itself is never stored. All times in this file are infrastructure time, because
 * programs live by it.
 */
export const apiToken = pgTable(
  'api_token',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    name: text('name').notNull(),
    role: roleEnum('role').notNull(),
    tokenHash: bytes('token_hash').notNull(),
    /** It acts for them, never with more than their role of the moment, and ends with their membership. */
    createdBy: uuid('created_by')
      .notNull()
      .references(() => operator.id),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    usedAt: moment('used_at'),
    revokedAt: moment('revoked_at'),
  },
  (t) => [
    uniqueIndex('api_token_hash').on(t.tokenHash),
    index('api_token_workspace').on(t.workspaceId, t.createdAt),
  ],
);

/** What a creating call came to, so that the same call sent again gets the same answer and creates nothing. */
export const idempotencyKey = pgTable(
  'idempotency_key',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    operatorId: uuid('operator_id')
      .notNull()
      .references(() => operator.id),
    key: text('key').notNull(),
    /** Hash of the method, the path and the body. */
    callHash: bytes('call_hash').notNull(),
    /** Sealed under the caller's own token: it may hold what is shown once. */
    outcome: bytes('outcome').notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.workspaceId, t.operatorId, t.key] }),
    index('idempotency_key_expires').on(t.workspaceId, t.expiresAt),
  ],
);

/** An address that is told the workspace's events. */
export const webhook = pgTable(
  'webhook',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    url: text('url').notNull(),
    /** What signs its deliveries, sealed; see `db/webhook-secret.ts`. */
    sealedSecret: bytes('sealed_secret').notNull(),
    /** The kinds of events it is told; null for all. */
    kinds: text('kinds').array(),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => operator.id),
    createdAt: moment('created_at').notNull(),
    /** It is told what is published behind this place. */
    sincePosition: bigint('since_position', { mode: 'number' }).notNull(),
    /** Since when no delivery has succeeded; null while the last one did. */
    failingSince: moment('failing_since'),
    /** Nothing is told any more, and why. */
    disabledAt: moment('disabled_at'),
    disabledBecause: text('disabled_because'),
    removedAt: moment('removed_at'),
  },
  (t) => [index('webhook_workspace').on(t.workspaceId, t.createdAt)],
);

/** One event on its way to one address. The row stays until it has arrived or its webhook has ended. */
export const webhookDelivery = pgTable(
  'webhook_delivery',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    webhookId: uuid('webhook_id')
      .notNull()
      .references(() => webhook.id),
    /** The place of the event among all that were published. */
    position: bigint('position', { mode: 'number' }).notNull(),
    kind: text('kind').notNull(),
    payload: jsonb('payload').notNull(),
    /** When it happened, business time. */
    at: moment('at').notNull(),

    createdAt: moment('created_at').notNull(),
    tries: integer('tries').notNull().default(0),
    /** When it is tried next; null when it has ended. */
    dueAt: moment('due_at'),
    deliveredAt: moment('delivered_at'),
    /** What the last try came to: a status, or the name of a failure. */
    answer: text('answer'),
  },
  (t) => [
    uniqueIndex('webhook_delivery_once').on(t.webhookId, t.position),
    index('webhook_delivery_due').on(t.dueAt).where(sql`due_at is not null`),
    index('webhook_delivery_webhook').on(t.webhookId, t.createdAt),
  ],
);
