import { integer, jsonb, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core';
import { bytes, moment } from './columns.ts';
import { workspace } from './team.ts';

/** Every limit policy a workspace ever published. Append-only, but for the note that a worker could not verify it. */
export const limitPolicy = pgTable(
  'limit_policy',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    /** 1, 2, 3 … in each workspace. */
    version: integer('version').notNull(),
    /** As `writePolicy` writes it; the signature covers exactly this text. */
    document: text('document').notNull(),
    /** Ed25519 over workspace, version and document. */
    signature: bytes('signature').notNull(),
    keyId: text('key_id').notNull(),
    reason: text('reason').notNull(),
    actor: jsonb('actor').notNull(),
    publishedAt: moment('published_at').notNull(),
    /** When a worker first found that it cannot verify or read it. */
    rejectedAt: moment('rejected_at'),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.version] })],
);
