import { sql } from 'drizzle-orm';
import { boolean, index, integer, pgEnum, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { SIGN_IN_METHODS, SIGN_IN_STATUSES } from '#core/account/sign-in.ts';
import { bytes, id, moment } from './columns.ts';
import { operator, workspace } from './team.ts';

export const signInMethodEnum = pgEnum('sign_in_method', SIGN_IN_METHODS);
export const signInStatusEnum = pgEnum('sign_in_status', SIGN_IN_STATUSES);

/** The way to the page that connects accounts, good once, and the page it opened. Times are infrastructure time. */
export const connectLink = pgTable(
  'connect_link',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    /** In whose name accounts are connected. */
    operatorId: uuid('operator_id')
      .notNull()
      .references(() => operator.id),
    /** Hash of what stands in the link. */
    tokenHash: bytes('token_hash').notNull(),
    /** Hash of the ticket that the opened page holds in a cookie. */
    ticketHash: bytes('ticket_hash'),
    /** What is shown on the page is sealed to this key; its private half comes from the ticket. */
    pageKey: bytes('page_key'),
    createdAt: moment('created_at').notNull(),
    usedAt: moment('used_at'),
    /** End of the link, then of the page. */
    expiresAt: moment('expires_at').notNull(),
  },
  (t) => [
    uniqueIndex('connect_link_token').on(t.tokenHash),
    uniqueIndex('connect_link_ticket').on(t.ticketHash),
  ],
);

/** One attempt to sign an account in. Phone, code, password and QR code pass through sealed. Infrastructure time. */
export const signIn = pgTable(
  'sign_in',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    linkId: uuid('link_id')
      .notNull()
      .references(() => connectLink.id, { onDelete: 'cascade' }),
    method: signInMethodEnum('method').notNull(),
    status: signInStatusEnum('status').notNull(),
    /** Grows with every change; an answer names the change it answers. */
    sequence: integer('sequence').notNull().default(0),
    /** The worker process that runs it, and the key only that process can open answers with. */
    runId: uuid('run_id'),
    workerKey: bytes('worker_key'),
    /** The owner's own hint to their password. */
    hint: text('hint'),
    /** Why it is asked again or has ended: a refusal code. */
    problem: text('problem'),
    waitSeconds: integer('wait_seconds'),
    /** The link in the QR code, sealed to the page. */
    shown: bytes('shown'),
    shownUntil: moment('shown_until'),
    /** Sealed to the worker, until it has read it. */
    answer: bytes('answer'),
    accountId: uuid('account_id'),
    isNewAccount: boolean('is_new_account'),
    startedAt: moment('started_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (t) => [
    index('sign_in_link').on(t.linkId, t.startedAt),
    index('sign_in_waiting').on(t.startedAt).where(sql`status = 'waiting'`),
  ],
);
