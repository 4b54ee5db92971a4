import { index, integer, pgTable, primaryKey, uuid } from 'drizzle-orm/pg-core';
import { bytes, id, moment } from './columns.ts';
import { workspace } from './team.ts';

/** How long a workspace keeps collected people whom nothing uses, and when that is looked at next. */
export const retention = pgTable('retention', {
  workspaceId: uuid('workspace_id')
    .primaryKey()
    .references(() => workspace.id),
  keptDays: integer('kept_days').notNull(),
  dueAt: moment('due_at').notNull(),
});

/** One passage over the people of a workspace, and its report. */
export const retentionRun = pgTable(
  'retention_run',
  {
    id: id(),
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    keptDays: integer('kept_days').notNull(),
    startedAt: moment('started_at').notNull(),
    /** Null while it is under way. */
    finishedAt: moment('finished_at'),
    /** The last person looked at: where the next batch goes on. */
    placeAt: moment('place_at'),
    placeId: uuid('place_id'),
    /** What was removed. */
    people: integer('people').notNull().default(0),
    sightings: integer('sightings').notNull().default(0),
    refs: integer('refs').notNull().default(0),
    files: integer('files').notNull().default(0),
    /** Who is old and stays, and why. */
    inAudience: integer('in_audience').notNull().default(0),
    inCampaign: integer('in_campaign').notNull().default(0),
  },
  (t) => [index('retention_run_workspace').on(t.workspaceId, t.startedAt)],
);

/** Somebody whose data was erased, as a keyed hash: whoever comes back with old data is erased again. */
export const erasure = pgTable(
  'erasure',
  {
    workspaceId: uuid('workspace_id')
      .notNull()
      .references(() => workspace.id),
    personHash: bytes('person_hash').notNull(),
    erasedAt: moment('erased_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.workspaceId, t.personHash] })],
);
