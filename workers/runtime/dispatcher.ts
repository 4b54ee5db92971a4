import type { Clock } from '#core/clock.ts';
import type { Job, JobOutcome } from '#core/jobs.ts';
import { recoverAccounts } from '#db/commands/recover-accounts.ts';
import type { Db } from '#db/context.ts';
import { lookForWork, releaseWork } from '#db/dispatch.ts';
import type { FairShare } from './fair-share.ts';
import { createJobsInHand } from './jobs-in-hand.ts';
import type { Leases } from './leases.ts';
import { describeError, type Log } from './log.ts';
import { type Loop, startLoop } from './loop.ts';
import type { WakeQueue } from './queue.ts';

/** Even with nothing due and no wake-up the tables are looked at this often. */
const PATIENCE_MS = 10_000;
/** Between two looks, so that a hundred ended jobs cost one look and not a hundred. */
const REST_MS = 2;

export type DispatcherDeps = {
  db: Db;
  nodeId: string;
  fairShare: FairShare;
  clock: Clock;
  leases: Leases;
  log: Log;
  termSeconds: number;
  /** Jobs at once; as many again are woken beforehand. */
  places: number;
  /** It is crowded while a job waits for the place of another. */
  execute: (job: Job, isCrowded: () => boolean) => Promise<JobOutcome>;
};

export type Dispatcher = {
  /** Begins to look for work and to wake it through `queue`. */
  start(queue: Pick<WakeQueue, 'wake'>): void;
  /** Runs a job that the queue brought. Never throws: a failed job rests and is handed out again. */
  run(job: Job): Promise<void>;
  /** Something may be due. */
  nudge(): void;
  /** Takes no more work. */
  stop(): Promise<void>;
  /** Hands everything back that rests; call when no job runs any more. */
  handBackAll(): Promise<void>;
};

/**
 * Finds due work in Postgres and wakes it. It sleeps until the earliest due moment or a nudge; what it has handed out
 * and lost (a flushed queue) the database hands out again after a term.
 */
export function createDispatcher(deps: DispatcherDeps): Dispatcher {
  const { db, nodeId, fairShare, clock, leases, log, termSeconds, places } = deps;
  const inHand = createJobsInHand({ lostAfterMs: termSeconds * 1000 });
  const resting = new Map<NodeJS.Timeout, Job>();
  const isCrowded = () => inHand.busy > places;
  let loop: Loop | undefined;

  async function look(queue: Pick<WakeQueue, 'wake'>): Promise<number> {
    const room = 2 * places - inHand.busy;
    if (room <= 0) return PATIENCE_MS;
    const now = clock.now();
    const askedAt = performance.now();
    const free = fairShare.room();
    const { due, next, recovering } = await lookForWork(db, {
      ...{ nodeId, now, termSeconds },
      limit: room,
      newAccounts: Math.min(free.accounts, room),
    });
    for (const { lease } of due) if (lease) leases.hold(lease.accountId, lease.token, askedAt);
    await queue.wake(due.filter(({ job }) => inHand.take(job)));
    for (const workspaceId of recovering)
      await recoverAccounts({ db, now, workspaceId, actor: { kind: 'system', part: 'dispatcher' } });
    if (due.length >= room || recovering.length > 0) return 0;
    return Math.min(
      PATIENCE_MS,
      next.at ? clock.realMsUntil(next.at) : PATIENCE_MS,
      next.realDelayMs ?? PATIENCE_MS,
      free.againMs ?? PATIENCE_MS,
    );
  }

  /** The next look finds it due again, or not yet: the rows say when. */
  async function handBack(job: Job): Promise<void> {
    await releaseWork(db, job).catch((thrown) => log.warn(describeError(thrown), 'work was not handed back'));
    loop?.nudge();
  }

  /** What could not be done would be found due again at once. */
  function letRest(job: Job): void {
    const timer = setTimeout(() => {
      resting.delete(timer);
      inHand.endRest(job);
      void handBack(job);
    }, inHand.rest(job));
    resting.set(timer, job);
  }

  return {
    start(queue) {
      loop = startLoop(() => look(queue), {
        restMs: REST_MS,
        onError: (thrown) => log.warn(describeError(thrown), 'due work could not be looked for'),
      });
    },
    async run(job) {
      if (!inHand.start(job)) return;
      const outcome = await runLogged(job, isCrowded, deps);
      if (outcome.kind === 'retry' || outcome.kind === 'drop') return letRest(job);
      inHand.end(job);
      await handBack(job);
    },
    nudge: () => loop?.nudge(),
    async stop() {
      await loop?.stop();
    },
    async handBackAll() {
      for (const timer of resting.keys()) clearTimeout(timer);
      await Promise.all([...resting.values()].map(handBack));
      resting.clear();
    },
  };
}

/** A throw is a bug in us or a database that is away: it is seen in the log, and the job is tried again later. */
async function runLogged(
  job: Job,
  isCrowded: () => boolean,
  { execute, log }: DispatcherDeps,
): Promise<JobOutcome> {
  const about = { job: job.name, ...job.payload };
  try {
    const outcome = await execute(job, isCrowded);
    if (outcome.kind !== 'done') log.debug({ ...about, outcome }, 'a job ended');
    return outcome;
  } catch (thrown) {
    log.error({ ...about, ...describeError(thrown) }, 'a job failed');
    return { kind: 'retry', because: 'failed' };
  }
}
