import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import bigInt from 'big-integer';
import { Api } from 'telegram';
import type { Actor } from '#core/roles.ts';
import { Secret } from '#core/secret.ts';
import { claimWorkspace } from '#db/commands/claim-workspace.ts';
import { connectAccount } from '#db/commands/connect-account.ts';
import { createParseTask } from '#db/commands/create-parse-task.ts';
import { requestCommunity } from '#db/commands/request-community.ts';
import { type Connection, createDb } from '#db/connect.ts';
import type { CommandContext } from '#db/context.ts';
import { startEmbeddedPostgres } from '#db/embedded.ts';
import { migrate } from '#db/migrate.ts';
import { sealSession } from '#db/seal.ts';
import { createClock } from '#process/clock.ts';
import { readWorkerConfig } from '#process/config/config.ts';
import { createGramjsClient } from '#sandbox/testing/gramjs-client.ts';
import { signInByPhone } from '#workers/main.ts';
import { startChild } from '../cli/children.ts';
import type { Bench } from './bench.ts';
import { type Crowd, startCrowd } from './crowd-process.ts';

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
  const { sandbox, cast } = crowd;
  const env = {
    DATABASE_URL: databaseUrl,
    REDIS_URL: '',
    TELEGRAM_API_ID: '1',
    TELEGRAM_API_HASH: '0'.repeat(32),
    SESSION_KEY: randomBytes(32).toString('base64'),
    SUPPRESSION_KEY: randomBytes(32).toString('base64'),
    LOG_LEVEL: 'warn',
    USHER_OFFLINE: '1',
    USHER_DC_MAP: JSON.stringify(
      Object.fromEntries(sandbox.dcs.map(({ id, host, port }) => [id, `${host}:${port}`])),
    ),
    USHER_TRUSTED_KEY: JSON.stringify(sandbox.rsaPublicKey),
    USHER_TIME_SCALE: String(sandbox.time.scale),
    USHER_TIME_EPOCH_MS: String(sandbox.time.epochMs),
  };
  const { telegram, sessionKey, time } = readWorkerConfig(env);
  const clock = createClock(time);
  const app = createDb(databaseUrl, { role: 'usher_app', max: 2 });
  const migrator = createDb(databaseUrl, { role: 'migrator', max: 1 });
  closers.push(app.close, migrator.close);
  const owner = { telegramId: '1', firstName: 'Bench', language: 'en' } as const;
  const { workspaceId, operatorId } = await claimWorkspace(migrator.db, {
    name: 'Bench',
    owner,
    now: clock.now(),
  });
  const actor: Actor = { kind: 'operator', operatorId, role: 'owner' };
  const context = (): CommandContext => ({ db: app.db, actor, workspaceId, now: clock.now() });

  const [account] = cast.accounts;
  if (!account) throw new Error('the crowd has no account');
  const { profile, session } = await signInByPhone(telegram, {
    phone: new Secret(account.phone),
    askCode: async () => new Secret(account.code),
    askPassword: async () => new Secret(''),
  });
  await connectAccount(context(), {
    profile,
    seal: (accountId) => sealSession(sessionKey, { workspaceId, accountId }, session),
  });
  const { child } = await startChild({
    name: 'worker',
    args: ['ops/cli/main.ts', 'start', 'worker', '--ends-with-stdin'],
    env,
    cwd: process.cwd(),
    logPath: join(crowd.folder, 'worker.log'),
  });
  closers.push(child.stop);
  const { communityId } = await requestCommunity(context(), { reference: `@${cast.crowd.username}` });
  return { workerPid: child.pid, parse: () => timeParse(context, communityId, migrator) };
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

async function openReference({ cast, sandbox }: Crowd, closers: (() => Promise<unknown>)[]) {
  const account = cast.accounts[1];
  if (!account) throw new Error('the crowd has one account only');
  const { fingerprint, n, e } = sandbox.rsaPublicKey;
  const home = sandbox.dcs.filter(({ id }) => id === account.dcId);
  const client = createGramjsClient({
    rsa: { fingerprint: BigInt(fingerprint), modulus: BigInt(n), exponent: Number(e) },
    endpoints: home.map(({ id, port }) => ({ dcId: id, host: '127.0.0.1', port })),
  });
  closers.push(() => client.destroy());
  await client.connect();
  const { phoneCodeHash } = await client.sendCode({ apiId: 1, apiHash: 'offline' }, account.phone);
  await client.invoke(
    new Api.auth.SignIn({ phoneNumber: account.phone, phoneCodeHash, phoneCode: account.code }),
  );
  const group = await client.getInputEntity(cast.crowd.username ?? '');
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
