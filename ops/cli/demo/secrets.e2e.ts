import { appendFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { CommandContext } from '#db/context.ts';
import { openSession } from '#db/seal.ts';
import { createTranslate } from '#locales/translate.ts';
import {
  answersOf,
  crashWith,
  findCanaries,
  logsOf,
  overhearRedis,
  type Places,
  tablesOf,
} from '#ops/testing/canary-places.ts';
import { type Canaries, plantCanaries, signIn, signLaunch } from '#ops/testing/plant-canaries.ts';
import { createLifecycle } from '#process/lifecycle.ts';
import { createLogger } from '#process/logger.ts';
import { runDemo } from './run-demo.ts';
import type { Stage } from './stage.ts';

it.each(['postgres', 'redis'] as const)(
  'keeps every secret of a whole run on %s out of tables, queue, logs, chats, answers and crashes',
  async (queue) => {
    const lifecycle = createLifecycle({ log: createLogger({ part: 'test', level: 'error' }) });
    const said: string[] = [];
    const meanwhile: Promise<Places>[] = [];
    let stage: Stage | undefined;
    let redis: ReturnType<typeof overhearRedis> | undefined;
    try {
      await runDemo(
        {
          ...{ seed: '7', scale: 7200, queue, port: undefined, ledgerFile: undefined },
          ...{ collectedLimit: 6, leaseSeconds: 5, logLevel: 'debug' },
        },
        {
          ...{ t: createTranslate('en'), lifecycle, printsJson: true, stays: false },
          output: { write: (words: string) => said.push(words) > 0 },
          onStage: (opened) => {
            stage = opened;
            if (opened.workerConfig.redisUrl) redis = overhearRedis(opened.workerConfig.redisUrl);
          },
          onJoined: (joined) => {
            if (stage && joined > 0 && meanwhile.length === 0) meanwhile.push(tablesOf(stage.migrator));
          },
        },
      );
      if (!stage) throw new Error('the demo has had no stage');
      const canaries = await plantCanaries(stage, await ownerOf(stage));
      for (const [name, secret] of await secretsOf(stage)) canaries.set(name, secret);
      expect(canaries.size).toBeGreaterThanOrEqual(200);
      expect(new Set(canaries.values()).size).toBe(canaries.size);

      const [folder = ''] = /\/\S*usher-demo-\w+/.exec(said.join('')) ?? [];
      const token = await signIn(stage, signLaunch(stage));
      const places: Places = {
        'the terminal': said.join(''),
        'the chats': JSON.stringify(await stage.control.transcript()),
        'the tables meanwhile': JSON.stringify(await Promise.all(meanwhile)),
        ...(await tablesOf(stage.migrator)),
        ...(await logsOf(folder)),
        ...(await answersOf(stage, token)),
        ...(redis && { redis: (await redis).read() }),
        'a crash': await crashWith(
          [...canaries]
            .filter(hasShape)
            .map(([, secret]) => secret)
            .join(' '),
        ),
      };
      expect(Object.keys(places).filter((name) => name.endsWith('.log')).length).toBeGreaterThanOrEqual(3);
      expect(Object.keys(places).filter((name) => name.startsWith('GET /api')).length).toBeGreaterThan(15);
      for (const place of [
        'the chats',
        'the tables meanwhile',
        'worker.log',
        'public.audit',
        'a crash',
        ...(redis ? ['redis'] : []),
      ])
        expect(places[place]?.length, place).toBeGreaterThan(1_000);
      expect(findCanaries(places, canaries)).toEqual([]);

      await appendFile(join(folder, 'worker.log'), `{"note":"${canaries.get('password 1')}"}\n`);
      expect(findCanaries(await logsOf(folder), canaries)).toEqual(['password 1 in worker.log']);
    } finally {
      await lifecycle.stop('over');
    }
  },
  300_000,
);

/** What people type has no shape: an error holds it as a `Secret` or not at all. */
const hasShape = ([name]: [string, string]): boolean => !/password|code|phone/.test(name);

async function ownerOf({ migrator, app, clock }: Stage): Promise<() => CommandContext> {
  const [row] = await migrator.sql<{ workspace_id: string; operator_id: string }[]>`
    select workspace_id, operator_id from member where role = 'owner'`;
  if (!row) throw new Error('nobody owns the demo');
  return () => ({
    ...{ db: app.db, workspaceId: row.workspace_id, now: clock.now() },
    actor: { kind: 'operator', operatorId: row.operator_id, role: 'owner' },
  });
}

/** By name: of the installation, of every account of the cast and its sign-in, and every session there is. */
async function secretsOf({ cast, workerConfig, migrator }: Stage): Promise<Canaries> {
  const { telegram, sessionKeys, suppressionKey } = workerConfig;
  const answer = await sessionKeys.read();
  if (!answer.ok) throw new Error(answer.because);
  const secrets: Canaries = new Map([
    ['the token of the bot', cast.bot.token],
    ['the api_hash', telegram.apiHash.reveal()],
    ['the session key', Buffer.from(answer.keys[0].key).toString('base64')],
    ['the session key in hex', Buffer.from(answer.keys[0].key).toString('hex')],
    ['the suppression key', suppressionKey.toString('base64')],
  ]);
  for (const { phone, password, username } of cast.accounts) {
    secrets.set(`the phone of ${username}`, phone);
    if (password) secrets.set(`the password of ${username}`, password);
  }
  const sealed = await migrator.sql<
    { account_id: string; workspace_id: string; sealed: Buffer; key_id: string }[]
  >`select account_id, workspace_id, sealed, key_id from account_session`;
  for (const row of sealed) {
    const owner = { workspaceId: row.workspace_id, accountId: row.account_id };
    const session = openSession(answer.keys, owner, { bytes: row.sealed, keyId: row.key_id });
    secrets.set(`the session of ${row.account_id}`, session.reveal());
  }
  return secrets;
}
