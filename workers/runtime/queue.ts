import { createPostgresBackend, Queue, Worker, withBackend } from 'bullmq';
import { type Job, jobSchemas } from '#core/jobs.ts';
import { describeError, type Log } from './log.ts';

/** With `redisUrl` the queue lives in Redis, without it in the product's own Postgres. */
export type QueueConfig = { databaseUrl: string; redisUrl?: string; name: string; concurrency: number };

/** What yields is run when nothing else waits. */
export type Wish = { job: Job; yields?: boolean };

/**
 * A queue only wakes: a job in it is an id to look at, all that must not be lost is a row in Postgres. A job lost with
 * the queue is woken again by the dispatcher; one delivered twice finds nothing left to do.
 */
export type WakeQueue = {
  wake(wishes: readonly Wish[]): Promise<void>;
  /** Takes no new job and waits for those under way. */
  stop(): Promise<void>;
  /** Removes the queue and closes its connections; call after `stop`. */
  close(): Promise<void>;
};

type Processor = (job: { name: string; data: unknown }) => Promise<void>;

/** A finished wake-up is nobody's history; a failed one is decided by the dispatcher, not by the queue. */
const FORGET = { removeOnComplete: true, removeOnFail: true, attempts: 1 };
const POSTGRES_SCHEMA = 'usher_queue';

/** Opens the queue and starts to hand its jobs to `onJob`, `concurrency` at a time. */
export async function openQueue(
  config: QueueConfig,
  onJob: (job: Job) => Promise<void>,
  log: Log,
): Promise<WakeQueue> {
  const process: Processor = async ({ name, data }) => onJob(parseJob(name, data));
  const { queue, worker } = config.redisUrl
    ? openOnRedis(config, config.redisUrl, process)
    : openOnPostgres(config, process);
  const report = (thrown: Error) => log.warn(describeError(thrown), 'the queue is in trouble');
  queue.on('error', report);
  worker.on('error', report);
  worker.on('failed', (_job, thrown) => report(thrown));
  await Promise.all([queue.waitUntilReady(), worker.waitUntilReady()]);
  return {
    async wake(wishes) {
      if (wishes.length === 0) return;
      await queue.addBulk(
        wishes.map(({ job, yields }) => ({
          name: job.name,
          data: job.payload,
          opts: yields ? { ...FORGET, priority: 1 } : FORGET,
        })),
      );
    },
    stop: () => worker.close(),
    async close() {
      await queue.obliterate({ force: true }).catch(report);
      await queue.close();
    },
  };
}

/** A queue may hold jobs of another version: what does not parse is a bug to be seen, not to be run. */
function parseJob(name: string, data: unknown): Job {
  if (!(name in jobSchemas)) throw new Error(`unknown job ${name}`);
  const known = name as keyof typeof jobSchemas;
  return { name: known, payload: jobSchemas[known].parse(data) } as Job;
}

function openOnRedis({ name, concurrency }: QueueConfig, url: string, process: Processor) {
  const connection = { url, maxRetriesPerRequest: null };
  return {
    queue: new Queue(name, { connection }),
    worker: new Worker(name, process, { connection, concurrency }),
  };
}

function openOnPostgres({ name, concurrency, databaseUrl }: QueueConfig, process: Processor) {
  const onPostgres = withBackend(createPostgresBackend);
  const connection = { connectionString: databaseUrl, schema: POSTGRES_SCHEMA, migrate: true, max: 4 };
  return {
    queue: new onPostgres.Queue(name, { connection }),
    worker: new onPostgres.Worker(name, process, { connection, concurrency }),
  };
}
