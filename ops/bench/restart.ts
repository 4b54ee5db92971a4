import { startEmbeddedPostgres } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';
import type { TimedBench } from './bench.ts';
import { startCrowd } from './crowd-process.ts';
import { openInviteCampaign } from './invite-campaign.ts';

const ACCOUNTS = 10;
const WORKERS = 2;
const MEMBERS = 4_000;
/** A business day in 0.9 s, so that a campaign is never done before its restart. */
const SCALE = 100_000;

/**
 * Milliseconds from the start of new worker processes to their first attempt, when all workers of a running campaign
 * have ended. Each has a queue of its own that ends with it: only Postgres is kept.
 */
export async function openRestart(): Promise<TimedBench> {
  const crowd = await startCrowd({ members: MEMBERS, accounts: ACCOUNTS, scale: SCALE });
  const closers: (() => Promise<unknown>)[] = [crowd.stop];
  const close = async () => {
    for (const end of closers.splice(0).reverse()) await end();
  };
  try {
    const { url, stop } = await startEmbeddedPostgres({ dataDir: crowd.folder });
    closers.push(stop);
    await migrate(url);
    const campaign = await openInviteCampaign(crowd, url, closers, {
      accounts: crowd.cast.accounts,
      workers: WORKERS,
    });
    return { unit: 'ms', goal: 5_000, ours: campaign.restart, remarks: () => [], close };
  } catch (error) {
    await close();
    throw error;
  }
}
