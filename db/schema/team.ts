import { index, pgEnum, pgTable, primaryKey, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { ROLES } from '#core/roles.ts';
import { LANGUAGES } from '#core/statuses.ts';
import { bytes, id, moment, telegramId } from './columns.ts';

export const roleEnum = pgEnum('role', ROLES);
export const languageEnum = pgEnum('language', LANGUAGES);

export const workspace = pgTable('workspace', {
  id: id(),
  name: text('name').notNull(),
  createdAt: moment('created_at').notNull(),
  /** Set when the owner has acknowledged direct adds of collected people; null means they stay off. */
  collectedAcknowledgedAt: moment('collected_acknowledged_at'),
});

/** A person who signs in through Telegram. Not a tenant's row: one person may belong to several workspaces. */
export const operator = pgTable(
  'operator',
  {
    id: id(),
    telegramId: telegramId('telegram_id').notNull(),
    firstName: text('first_name').notNull(),
    username: text('username'),
    language: languageEnum('language').notNull(),
    /** Where they work when they belong to several; null, or one they left, means the eldest. */
    chosenWorkspaceId: uuid('chosen_workspace_id').references(() => workspace.id),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [uniqueIndex('operator_telegram_id').on(t.telegramId)],
);

export const member = pgTable(
  'member',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    operatorId: uuid('operator_id')
      .notNull()
      .references(() => operator.id),
    role: roleEnum('role').notNull(),
    createdAt: moment('created_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.operatorId] })],
);

/** A way into a workspace, good once. The token of its link is never stored. */
export const invitation = pgTable(
  'invitation',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    role: roleEnum('role').notNull(),
    tokenHash: bytes('token_hash').notNull(),
    createdBy: uuid('created_by')
      .notNull()
      .references(() => operator.id),
    createdAt: moment('created_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
    usedAt: moment('used_at'),
    usedBy: uuid('used_by').references(() => operator.id),
    withdrawnAt: moment('withdrawn_at'),
  },
  (t) => [
    uniqueIndex('invitation_token').on(t.tokenHash),
    index('invitation_workspace').on(t.workspaceId, t.createdAt),
  ],
);

/** Codes by which the first owner of an installation claims it. All times are infrastructure time. */
export const claimCode = pgTable('claim_code', {
  codeHash: bytes('code_hash').primaryKey(),
  /** What the workspace will be called; null leaves it to the door. */
  workspaceName: text('workspace_name'),
  expiresAt: moment('expires_at').notNull(),
});

/** A signed-in Mini App. All times are infrastructure time; the token itself is never stored. */
export const serverSession = pgTable(
  'server_session',
  {
    id: id(),
    operatorId: uuid('operator_id')
      .notNull()
      .references(() => operator.id),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    tokenHash: bytes('token_hash').notNull(),
    /** Hash of the launch it was exchanged for: a launch is good once. */
    launchHash: bytes('launch_hash').notNull(),
    /** When Telegram opened the Mini App: some deeds want this to be moments ago. */
    launchedAt: moment('launched_at').notNull(),
    /** What it runs on, as far as the browser says. */
    device: text('device').notNull(),
    createdAt: moment('created_at').notNull(),
    usedAt: moment('used_at').notNull(),
    expiresAt: moment('expires_at').notNull(),
  },
  (t) => [
    uniqueIndex('server_session_token').on(t.tokenHash),
    uniqueIndex('server_session_launch').on(t.launchHash),
    index('server_session_operator').on(t.operatorId),
  ],
);
