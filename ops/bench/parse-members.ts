import { execFileSync } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import bigInt from 'big-integer';
import { Api } from 'telegram';
import { createParseTask } from '#db/commands/create-parse-task.ts';
import { requestCommunity } from '#db/commands/request-community.ts';
import type { Connection } from '#db/connect.ts';
import type { CommandContext } from '#db/context.ts';
import { startEmbeddedPostgres } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';
import { signInBare } from './bare-client.ts';
import type { Bench } from './bench.ts';
import { type Crowd, startCrowd } from './crowd-process.ts';
import { openOurSide } from './our-side.ts';

const MEMBERS = 10_000;
const PAGE = 200;
const SCALE = 36_000;
const LOOK_MS = 25;

/**
 * People a second from a group of 10,000. Ours: a real worker reads the task and stores everybody in Postgres.
 * Reference: a bare client asks for the same pages over the same wire and stores nothing.
 */
export async function openParseMembers(): Promise<Bench> {
  const crowd = await startCrowd({ members: MEMBERS, accounts: 2, scale: SCALE });
  const closers: (() => Promise<unknown>)[] = [crowd.stop];
  const close = async () => {
    for (const end of closers.splice(0).reverse()) await end();
  };
  try {
    const { url, stop } = await startEmbeddedPostgres({ dataDir: crowd.folder });
    closers.push(stop);
    await migrate(url);
    const ours = await openOurs(crowd, url, closers);
    const reference = await openReference(crowd, closers);
    const memory = [residentMegabytes(ours.workerPid)];
    return {
      unit: 'people/s',
      goal: 0.8,
      reference,
      async ours() {
        const rate = await ours.parse();
        memory.push(residentMegabytes(ours.workerPid));
        return rate;
      },
      remarks: () => [`memory of the worker before and after each round, MB: ${memory.join(', ')}`],
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openOurs(crowd: Crowd, databaseUrl: string, closers: (() => Promise<unknown>)[]) {
  const { connect, startWorker, context, migrator } = await openOurSide(crowd, databaseUrl, closers);
  const [account] = crowd.cast.accounts;
  if (!account) throw new Error('the crowd has no account');
  await connect(account);
  const { pid } = await startWorker();
  const { communityId } = await requestCommunity(context(), { reference: `@${crowd.cast.crowd.username}` });
  return { workerPid: pid, parse: () => timeParse(context, communityId, migrator) };
}

/**
 * One task from its order to the row that says it is done, on empty tables; people a second. The row is looked at, one
 * statement each time, because the event that tells of it is published a moment later.
 */
async function timeParse(
  context: () => CommandContext,
  communityId: string,
  { sql }: Connection,
): Promise<number> {
  await sql`truncate parse_task, person cascade`;
  const startedAt = performance.now();
  await createParseTask(context(), { communityId, source: 'members', speed: 'fast', priority: 'high' });
  for (;;) {
    const [task] = await sql<{ status: string; people: number; reason: string | null }[]>`
      select status, people_count as people, reason from parse_task`;
    if (task?.status === 'done') return task.people / ((performance.now() - startedAt) / 1000);
    if (task && ['refused', 'failed'].includes(task.status)) {
      throw new Error(`the task was ${task.status}: ${task.reason}`);
    }
    await sleep(LOOK_MS);
  }
}

/** Resident memory of another process. */
const residentMegabytes = (pid: number): number =>
  Math.round(Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) / 1024);

async function openReference(crowd: Crowd, closers: (() => Promise<unknown>)[]) {
  const account = crowd.cast.accounts[1];
  if (!account) throw new Error('the crowd has one account only');
  const client = await signInBare(crowd, account);
  closers.push(() => client.destroy());
  const group = await client.getInputEntity(crowd.cast.crowd.username ?? '');
  return async () => {
    const startedAt = performance.now();
    let people = 0;
    for (let offset = 0; ; offset += PAGE) {
      const page = await client.invoke(
        new Api.channels.GetParticipants({
          channel: group,
          filter: new Api.ChannelParticipantsSearch({ q: '' }),
          offset,
          limit: PAGE,
          hash: bigInt.zero,
        }),
      );
      if (!('participants' in page) || page.participants.length === 0) break;
      people += page.participants.length;
    }
    return people / ((performance.now() - startedAt) / 1000);
  };
}
