import { setTimeout as sleep } from 'node:timers/promises';
import { audienceFilterSchema } from '#core/audience/filter.ts';
import { acknowledgeCollected } from '#db/commands/acknowledge-collected.ts';
import { createParseTask } from '#db/commands/create-parse-task.ts';
import { pauseCampaign } from '#db/commands/pause-campaign.ts';
import { requestCommunity } from '#db/commands/request-community.ts';
import { resumeCampaign } from '#db/commands/resume-campaign.ts';
import type { Connection } from '#db/connect.ts';
import type { CrowdCast } from '#sandbox/scenarios/cast.ts';
import { launchCampaign, makeAudience } from '../cli/launch-campaign.ts';
import { waitUntil } from '../cli/wait-until.ts';
import type { Crowd } from './crowd-process.ts';
import { openOurSide, type RunningWorker } from './our-side.ts';

const LOOK_MS = 25;

export type InviteCampaign = {
  workerPids(): number[];
  /**
   * Lets the campaign run until so many more attempts are settled, those under way too, and everybody who joined is
   * looked at. Measured from the moment at which the accounts have read their rights, which a start asks of them.
   */
  invite(people: number): Promise<{ invites: number; perSecond: number }>;
  /** Ends all workers in order in the middle of the work and starts as many: milliseconds from the start to the first new attempt. */
  restart(): Promise<number>;
};

/** A paused campaign of real workers for the people of the crowd who have a photo, all of whom every account reaches. */
export async function openInviteCampaign(
  crowd: Crowd,
  databaseUrl: string,
  closers: (() => Promise<unknown>)[],
  given: { accounts: CrowdCast['accounts']; workers: number; concurrency?: number },
): Promise<InviteCampaign> {
  const { connect, startWorker, context, migrator, hashPerson } = await openOurSide(
    crowd,
    databaseUrl,
    closers,
  );
  const accountIds: string[] = [];
  for (const account of given.accounts) accountIds.push((await connect(account)).accountId);
  // Profiles are read twice a business day, which is a fraction of a second here.
  await migrator.sql`update account set refresh_at = null`;
  let workers: RunningWorker[] = [];
  const startWorkers = async () => {
    const started = Array.from({ length: given.workers }, () => startWorker(given.concurrency));
    workers = await Promise.all(started);
  };
  await startWorkers();
  await acknowledgeCollected(context(), { text: 'A bench invites nobody real' });

  const { communityId } = await requestCommunity(context(), { reference: `@${crowd.cast.crowd.username}` });
  const taskIds: string[] = [];
  for (const accountId of accountIds) {
    const order = { communityId, accountId, source: 'members', speed: 'fast', priority: 'high' } as const;
    taskIds.push((await createParseTask(context(), order)).taskId);
  }
  await waitUntil(() => allAreRead(migrator));
  const { audienceId } = await makeAudience(context, {
    name: 'Crowd',
    source: { taskIds, filter: audienceFilterSchema.parse({ hasPhoto: true }) },
  });
  const campaignId = await launchCampaign(context, {
    name: 'Bench',
    reference: `@${crowd.cast.target.username}`,
    audienceId,
    accountIds,
    hashPerson,
  });
  await pauseCampaign(context(), { campaignId });
  await stillness(migrator);

  return {
    workerPids: () => workers.map(({ pid }) => pid),
    async invite(people) {
      await resumeCampaign(context(), { campaignId });
      await untilChecked(migrator);
      const before = await settledAttempts(migrator);
      const startedAt = performance.now();
      while ((await settledAttempts(migrator)) < before + people) await sleep(LOOK_MS);
      await pauseCampaign(context(), { campaignId });
      await stillness(migrator);
      const seconds = (performance.now() - startedAt) / 1000;
      const invites = (await settledAttempts(migrator)) - before;
      return { invites, perSecond: invites / seconds };
    },
    async restart() {
      await resumeCampaign(context(), { campaignId });
      const first = await settledAttempts(migrator);
      while ((await settledAttempts(migrator)) === first) await sleep(LOOK_MS);
      await Promise.all(workers.map(({ stop }) => stop()));
      const before = await allAttempts(migrator);
      const startedAt = performance.now();
      const started = startWorkers();
      while ((await allAttempts(migrator)) === before) await sleep(LOOK_MS);
      const ms = performance.now() - startedAt;
      await started;
      await pauseCampaign(context(), { campaignId });
      await stillness(migrator);
      return ms;
    },
  };
}

async function allAreRead({ sql }: Connection): Promise<true | undefined> {
  const tasks = await sql<{ status: string; reason: string | null }[]>`select status, reason from parse_task`;
  const lost = tasks.find(({ status }) => ['refused', 'failed'].includes(status));
  if (lost) throw new Error(`a task was ${lost.status}: ${lost.reason}`);
  return tasks.every(({ status }) => status === 'done') ? true : undefined;
}

async function settledAttempts({ sql }: Connection): Promise<number> {
  const [row] = await sql<{ settled: number; status: string; because: string | null }[]>`
    select (select count(*)::int from attempt where status not in ('attempting', 'unknown')) as settled,
      status, status_because as because from campaign`;
  const isStopped = row && row.status !== 'running' && row.because !== 'paused_by_operator';
  if (!row || isStopped) throw new Error(`the campaign is ${row?.status}: ${row?.because}`);
  return row.settled;
}

async function allAttempts({ sql }: Connection): Promise<number> {
  const [row] = await sql<{ all: number }[]>`select count(*)::int as all from attempt`;
  return row?.all ?? 0;
}

async function untilChecked({ sql }: Connection): Promise<void> {
  while ((await sql`select 1 from community_access where check_at is not null limit 1`).length > 0)
    await sleep(LOOK_MS);
}

/** Nothing is under way any more and nobody is left to be looked at. */
async function stillness({ sql }: Connection): Promise<void> {
  for (;;) {
    const [open] = await sql`
      select 1 from attempt where status in ('attempting', 'unknown') or review_at is not null limit 1`;
    if (!open) return;
    await sleep(LOOK_MS);
  }
}
