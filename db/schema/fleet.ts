import { integer, pgEnum, pgTable, text, uniqueIndex, uuid } from 'drizzle-orm/pg-core';
import { NODE_STATUSES } from '#core/fleet/node-status.ts';
import { id, moment } from './columns.ts';

export const nodeStatusEnum = pgEnum('node_status', NODE_STATUSES);

/** A place for a worker process on a machine, and the process that fills it. Times are infrastructure time. */
export const node = pgTable(
  'node',
  {
    id: id(),
    /** Stable over restarts of the machine. */
    hardwareId: text('hardware_id').notNull(),
    /** The first process on a machine is 1, the next beside it 2. */
    slot: integer('slot').notNull(),
    status: nodeStatusEnum('status').notNull(),
    /** The process that holds leases in this node's name: another one after each start. */
    runId: uuid('run_id'),
    hostname: text('hostname'),
    pid: integer('pid'),
    version: text('version'),
    /** Jobs at once. */
    capacity: integer('capacity'),
    /** The term of its leases: silence for as long makes it lost. */
    leaseSeconds: integer('lease_seconds'),
    /** Workspaces that were told that it is lost, and are told when it is back. */
    told: uuid('told').array().notNull().default([]),
    startedAt: moment('started_at'),
    seenAt: moment('seen_at'),
  },
  (t) => [uniqueIndex('node_place').on(t.hardwareId, t.slot), uniqueIndex('node_run').on(t.runId)],
);
