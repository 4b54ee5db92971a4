import { startEmbeddedPostgres } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';
import { usualMix } from '#sandbox/scenarios/people.ts';
import { openBareInviters } from './bare-inviters.ts';
import { type Bench, median } from './bench.ts';
import { cpuMsOf, cpuMsOfServer } from './cpu.ts';
import { startCrowd } from './crowd-process.ts';
import { openInviteCampaign } from './invite-campaign.ts';

/** Of each side. */
const ACCOUNTS = 10;
const PEOPLE_A_ROUND = 300;
/** The usual crowd without those who block an account: too many in a row would rightly stop the campaign. */
const PRIVACY = { ...usualMix.privacy, blocked_inviter: 0 };
const ROUNDS_WITH_WARM_UP = 6;
/** A business day in 0.2 s: no account of the ten waits for its limits longer than for its turn. */
const SCALE = 400_000;
/** Enough without a photo for the reference, three in ten, and more with one for ours. */
const MEMBERS = Math.ceil((PEOPLE_A_ROUND * ROUNDS_WITH_WARM_UP) / 0.25);

/**
 * People a second from a due lane to the settled attempt and the look at who joined, a business day later. Ours: a real
 * worker, everything in Postgres. Reference: as many bare clients make the same calls (is the person in? invite; is
 * the person still in?) over the same wire, and keep nothing.
 */
export async function openInvitePath(): Promise<Bench> {
  const crowd = await startCrowd({
    members: MEMBERS,
    accounts: 2 * ACCOUNTS,
    scale: SCALE,
    privacy: PRIVACY,
  });
  const closers: (() => Promise<unknown>)[] = [crowd.stop];
  const close = async () => {
    for (const end of closers.splice(0).reverse()) await end();
  };
  try {
    const { url, stop } = await startEmbeddedPostgres({ dataDir: crowd.folder });
    closers.push(stop);
    await migrate(url);
    const accounts = crowd.cast.accounts;
    const campaign = await openInviteCampaign(crowd, url, closers, {
      accounts: accounts.slice(0, ACCOUNTS),
      workers: 1,
    });
    const bare = await openBareInviters(crowd, accounts.slice(ACCOUNTS), closers);
    const cpu: { worker: number; server: number }[] = [];
    return {
      unit: 'invites/s',
      goal: 0.5,
      reference: () => bare.invite(PEOPLE_A_ROUND),
      async ours() {
        const before = [await cpuMsOf(campaign.workerPids()), await cpuMsOfServer(crowd.folder)] as const;
        const { invites, perSecond } = await campaign.invite(PEOPLE_A_ROUND);
        cpu.push({
          worker: ((await cpuMsOf(campaign.workerPids())) - before[0]) / invites,
          server: ((await cpuMsOfServer(crowd.folder)) - before[1]) / invites,
        });
        return perSecond;
      },
      remarks: () => [
        `core time of one invite and its review, ms: worker ${median(cpu.map(({ worker }) => worker)).toFixed(1)}, Postgres ${median(cpu.map(({ server }) => server)).toFixed(1)}`,
      ],
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
