import type { Job, JobName, JobOutcome, JobPayload } from '#core/jobs.ts';
import type { JobDefinition, JobDeps, LaneJob } from './define-job.ts';
import type { Lanes } from './lanes.ts';
import type { Leases } from './leases.ts';
import type { Sessions } from './sessions.ts';

export type ExecuteDeps = {
  jobs: readonly JobDefinition[];
  nodeId: string;
  leases: Leases;
  lanes: Lanes;
  sessions: Sessions;
  isStopping: () => boolean;
};

/** Runs a job with what it needs: alone in its account's lane and under its lease, when it works for an account. */
export function createExecute(
  deps: ExecuteDeps,
  jobDeps: JobDeps,
): (job: Job, isCrowded: () => boolean) => Promise<JobOutcome> {
  const definitions = new Map<JobName, JobDefinition>(deps.jobs.map((job) => [job.name, job]));
  return async (job, isCrowded) => {
    const definition = definitions.get(job.name);
    if (!definition) throw new Error(`no processor for ${job.name}`);
    // The name is the same on both sides, which the compiler cannot follow through the union.
    if ('run' in definition) return (definition.run as RunFree)(job.payload, jobDeps);
    return runInLane(definition as LaneJob<LaneJobName>, job as LaneJobOf, { ...deps, isCrowded }, jobDeps);
  };
}

type RunFree = (payload: Job['payload'], deps: JobDeps) => Promise<JobOutcome>;
type FreeJobName = 'build-audience' | 'read-file' | 'write-export' | 'expire-people' | 'sign-in';
type LaneJobName = Exclude<JobName, FreeJobName>;
type LaneJobOf = { name: LaneJobName; payload: JobPayload<LaneJobName> };

function runInLane(
  definition: LaneJob<LaneJobName>,
  { payload }: LaneJobOf,
  { nodeId, leases, lanes, sessions, isStopping, isCrowded }: ExecuteDeps & { isCrowded: () => boolean },
  jobDeps: JobDeps,
): Promise<JobOutcome> {
  const { accountId } = payload;
  return lanes.run(accountId, async () => {
    if (isStopping()) return { kind: 'drop', because: 'stopping' };
    const leaseToken = leases.tokenOf(accountId);
    if (leaseToken === undefined) return { kind: 'drop', because: 'lease_lost' };
    return definition.runInLane(payload as never, jobDeps, {
      nodeId,
      leaseToken,
      session: () => sessions.use(payload),
      isWanted: () => isStopping() || lanes.isWanted(accountId),
      isCrowded,
    });
  });
}
