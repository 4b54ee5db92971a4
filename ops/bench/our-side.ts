import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Actor } from '#core/roles.ts';
import { Secret } from '#core/secret.ts';
import { newestKey } from '#core/session-keys.ts';
import { claimWorkspace } from '#db/commands/claim-workspace.ts';
import { connectAccount } from '#db/commands/connect-account.ts';
import { type Connection, createDb } from '#db/connect.ts';
import type { CommandContext } from '#db/context.ts';
import { createHashPerson, type HashPerson } from '#db/person-hash.ts';
import { sealSession } from '#db/seal.ts';
import { createClock } from '#process/clock.ts';
import { readWorkerConfig } from '#process/config/config.ts';
import type { CrowdCast } from '#sandbox/scenarios/cast.ts';
import { signInByPhone } from '#workers/main.ts';
import { type Child, startChild } from '../cli/children.ts';
import type { Crowd } from './crowd-process.ts';

/** A workspace of ours on a crowd's Telegram, with real workers in processes of their own. */
export type OurSide = {
  /** Of the workspace's owner, now. */
  context(): CommandContext;
  /** With the rights of the database's owner: to look and to clear. */
  migrator: Connection;
  hashPerson: HashPerson;
  /** Signs in over the wire and keeps the session. */
  connect(account: CrowdCast['accounts'][number]): Promise<{ accountId: string }>;
  /** `concurrency` jobs at once, or as many as the product does. */
  startWorker(concurrency?: number): Promise<RunningWorker>;
};

export type RunningWorker = Pick<Child, 'pid' | 'stop'>;

/** Everything that is opened here is closed by `closers`. */
export async function openOurSide(
  crowd: Crowd,
  databaseUrl: string,
  closers: (() => Promise<unknown>)[],
): Promise<OurSide> {
  const { sandbox } = crowd;
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
  const { telegram, sessionKeys, suppressionKey, time } = readWorkerConfig(env);
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
  let workers = 0;
  return {
    context,
    migrator,
    hashPerson: createHashPerson(suppressionKey),
    async connect({ phone, code }) {
      const { profile, session } = await signInByPhone(telegram, {
        phone: new Secret(phone),
        askCode: async () => new Secret(code),
        askPassword: async () => new Secret(''),
      });
      const key = await newestKey(sessionKeys);
      return connectAccount(context(), {
        profile,
        seal: (accountId) => sealSession(key, { workspaceId, accountId }, session),
      });
    },
    async startWorker(concurrency) {
      workers += 1;
      const { child } = await startChild({
        name: 'worker',
        args: ['ops/cli/main.ts', 'start', 'worker', '--ends-with-stdin'],
        env: { ...env, ...(concurrency && { WORKER_CONCURRENCY: String(concurrency) }) },
        cwd: process.cwd(),
        logPath: join(crowd.folder, `worker-${workers}.log`),
      });
      closers.push(child.stop);
      return child;
    },
  };
}
