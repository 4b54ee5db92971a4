import type { Clock } from '#core/clock.ts';
import type { JobName, JobOutcome, JobPayload } from '#core/jobs.ts';
import type { Answer, UserSession } from '#core/telegram/user-session.ts';
import type { CommandContext, Db } from '#db/context.ts';
import type { HashPerson } from '#db/person-hash.ts';
import type { Log } from './log.ts';

/** What every job is given. It knows nothing of queues, Redis or the Telegram library. */
export type JobDeps = {
  db: Db;
  clock: Clock;
  /** 0 to 1. */
  random: () => number;
  log: Log;
  hashPerson: HashPerson;
  /** How long one call to Telegram may take: reservations must outlive it. */
  callDeadlineMs: number;
  /** Begins a sign-in that outlives its job. */
  beginSignIn: (signIn: JobPayload<'sign-in'>) => Promise<void>;
  /** Events were committed: readers should hear of them. */
  tell: () => void;
};

/** The account a job works for: leased by this node, and nobody else in this process uses it meanwhile. */
export type Lane = {
  nodeId: string;
  leaseToken: number;
  /** The account's one session, connected on first use. */
  session(): Promise<Answer<UserSession>>;
  /** Something else waits for the account, or the node is stopping: a long job should give way. */
  isWanted(): boolean;
  /** A job of another account waits for a place in this process: one that only reads on should give way. */
  isCrowded(): boolean;
};

export type FreeJob<N extends JobName> = {
  name: N;
  run(job: JobPayload<N>, deps: JobDeps): Promise<JobOutcome>;
};
export type LaneJob<N extends JobName> = {
  name: N;
  runInLane(job: JobPayload<N>, deps: JobDeps, lane: Lane): Promise<JobOutcome>;
};
export type JobDefinition = { [N in JobName]: FreeJob<N> | LaneJob<N> }[JobName];

/** A job that needs no account. */
export const defineJob = <N extends JobName>(name: N, run: FreeJob<N>['run']): FreeJob<N> => ({ name, run });

/** A job that works in the name of one account. */
export const defineLaneJob = <N extends JobName>(
  name: N,
  runInLane: LaneJob<N>['runInLane'],
): LaneJob<N> => ({
  name,
  runInLane,
});

export const contextOf = ({ db, clock }: JobDeps, workspaceId: string): CommandContext => ({
  db,
  actor: { kind: 'system', part: 'worker' },
  workspaceId,
  now: clock.now(),
});
