import type { Job } from '#core/jobs.ts';

/**
 * What this process has taken in hand, so that the same work is never done twice at once. A job is `woken` until the
 * queue brings it, `running`, or `resting` until a failure's backoff is over.
 */
export type JobsInHand = {
  /** Jobs woken or running. */
  readonly busy: number;
  /** False when the job is in hand already; a job woken long ago counts as lost with the queue and is taken anew. */
  take(job: Job): boolean;
  /** False for a job the queue delivers twice, or that nobody took. */
  start(job: Job): boolean;
  /** The job has ended well. */
  end(job: Job): void;
  /** The job has failed: answers how many real milliseconds it rests, twice as many with each failure in a row. */
  rest(job: Job): number;
  /** The rest is over: it may be taken again. */
  endRest(job: Job): void;
};

const FIRST_REST_MS = 500;
const LONGEST_REST_MS = 60_000;

/** A job that has not come back this long after its rest has moved to another node, or is no longer due. */
const FORGOTTEN_AFTER_MS = 60_000;

type State = { stage: 'woken' | 'running' | 'resting'; since: number };

export function createJobsInHand(options: { lostAfterMs: number }): JobsInHand {
  const inHand = new Map<string, State>();
  const failures = new Map<string, { count: number; restsUntil: number }>();
  const busy = () => [...inHand.values()].filter(({ stage }) => stage !== 'resting').length;
  const set = (job: Job, stage: State['stage']) =>
    inHand.set(keyOf(job), { stage, since: performance.now() });
  const forgetGone = () => {
    for (const [key, { restsUntil }] of failures) {
      const isGone = !inHand.has(key) && performance.now() - restsUntil > FORGOTTEN_AFTER_MS;
      if (isGone) failures.delete(key);
    }
  };

  return {
    get busy() {
      return busy();
    },
    take(job) {
      const known = inHand.get(keyOf(job));
      const isLost = known?.stage === 'woken' && performance.now() - known.since > options.lostAfterMs;
      if (known && !isLost) return false;
      set(job, 'woken');
      return true;
    },
    start(job) {
      if (inHand.get(keyOf(job))?.stage !== 'woken') return false;
      set(job, 'running');
      return true;
    },
    end(job) {
      inHand.delete(keyOf(job));
      failures.delete(keyOf(job));
    },
    rest(job) {
      forgetGone();
      const count = (failures.get(keyOf(job))?.count ?? 0) + 1;
      const restMs = Math.min(LONGEST_REST_MS, FIRST_REST_MS * 2 ** (count - 1));
      failures.set(keyOf(job), { count, restsUntil: performance.now() + restMs });
      set(job, 'resting');
      return restMs;
    },
    endRest(job) {
      inHand.delete(keyOf(job));
    },
  };
}

const keyOf = ({ name, payload }: Job): string => `${name} ${Object.values(payload).join(' ')}`;
