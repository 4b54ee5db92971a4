import { createPostgresBackend, Queue, withBackend } from 'bullmq';
import type { Stage } from '../stage.ts';
import { drawWorker, type Fault, type FaultContext } from './fault.ts';

type Delivery = { name: string; data: unknown };

const FORGET = { removeOnComplete: true, removeOnFail: true, attempts: 1 };
const POSTGRES_SCHEMA = 'usher_queue';

/** Jobs that no version has ever known, and one whose payload is nonsense. */
const POISON: readonly Delivery[] = [
  { name: 'no-such-job', data: {} },
  { name: 'send-invite', data: { workspaceId: 7 } },
  { name: 'reconcile-attempts', data: null },
];

export const queueFaults: readonly Fault[] = [
  {
    kind: 'duplicate delivery',
    weight: 2,
    strike: (context) => deliver(context, ({ stage }, nodeId) => everythingTwice(stage, nodeId)),
  },
  { kind: 'poison jobs', weight: 1, strike: (context) => deliver(context, async () => POISON) },
];

async function everythingTwice(stage: Stage, nodeId: string): Promise<readonly Delivery[]> {
  const held = await stage.sql<{ workspaceId: string; accountId: string }[]>`
    select workspace_id as "workspaceId", account_id as "accountId" from lease where node_id = ${nodeId}`;
  return held.flatMap((row) =>
    ['send-invite', 'send-invite', 'reconcile-attempts'].map((name) => ({ name, data: { ...row } })),
  );
}

/** Puts jobs into a worker's own queue behind its back. */
async function deliver(
  context: FaultContext,
  draw: (context: FaultContext, nodeId: string) => Promise<readonly Delivery[]>,
): Promise<boolean> {
  const worker = drawWorker(context);
  if (!worker) return false;
  const jobs = await draw(context, worker.nodeId);
  const queue = openQueueOf(context.stage, worker.nodeId);
  queue.on('error', () => {});
  try {
    await queue.addBulk(jobs.map(({ name, data }) => ({ name, data, opts: FORGET })));
  } finally {
    await queue.close();
  }
  return jobs.length > 0;
}

function openQueueOf({ redis, database }: Stage, nodeId: string): Queue {
  const name = `usher-${nodeId}`;
  if (redis) return new Queue(name, { connection: { url: redis.url, maxRetriesPerRequest: 1 } });
  const onPostgres = withBackend(createPostgresBackend);
  const connection = { connectionString: database.url, schema: POSTGRES_SCHEMA, migrate: false, max: 1 };
  return new onPostgres.Queue(name, { connection }) as unknown as Queue;
}
