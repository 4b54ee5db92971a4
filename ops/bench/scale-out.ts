import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';
import { createControlClient } from '#sandbox/control/client.ts';
import { usualMix } from '#sandbox/scenarios/people.ts';
import type { Bench } from './bench.ts';
import { startCrowd } from './crowd-process.ts';
import { openInviteCampaign } from './invite-campaign.ts';

const WORKERS = 8;
/** Accounts that a worker acts for at once: few, so that it waits for Telegram and not for a core. */
const AT_ONCE = 2;
const ACCOUNTS = WORKERS * AT_ONCE;
/** Of every answer of Telegram. */
const LATENCY_MS = 200;
const PEOPLE_A_ROUND = { one: 30, all: 30 * WORKERS };
const ROUNDS_WITH_WARM_UP = 6;
const PRIVACY = { ...usualMix.privacy, blocked_inviter: 0 };
/** Three in ten have a photo and are invited, by both sides. */
const MEMBERS = Math.ceil((PEOPLE_A_ROUND.all * ROUNDS_WITH_WARM_UP) / 0.25);
/** A business day in 0.2 s: no account waits for its limits longer than for its turn. */
const SCALE = 400_000;

/**
 * People a second through eight workers and through one, when every answer of Telegram takes 200 ms. Each side has a
 * database, a campaign and as many accounts of its own.
 */
export async function openScaleOut(): Promise<Bench> {
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
  const openSide = async (workers: number, from: number) => {
    const dataDir = await mkdtemp(join(tmpdir(), 'usher-bench-'));
    closers.push(() => rm(dataDir, { recursive: true, force: true }));
    const { url, stop } = await startEmbeddedPostgres({ dataDir });
    closers.push(stop);
    await migrate(url);
    return openInviteCampaign(crowd, url, closers, {
      accounts: crowd.cast.accounts.slice(from, from + ACCOUNTS),
      workers,
      concurrency: AT_ONCE,
    });
  };
  try {
    const one = await openSide(1, 0);
    const all = await openSide(WORKERS, ACCOUNTS);
    const delay = { kind: 'delay', ms: LATENCY_MS } as const;
    await createControlClient(crowd.sandbox.control.url).addFault({ match: {}, action: delay });
    return {
      unit: 'invites/s',
      goal: 7.2,
      reference: async () => (await one.invite(PEOPLE_A_ROUND.one)).perSecond,
      ours: async () => (await all.invite(PEOPLE_A_ROUND.all)).perSecond,
      remarks: () => [],
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}
