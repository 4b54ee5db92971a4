import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { Connection } from '#db/connect.ts';
import { openSession } from '#db/seal.ts';
import { createTranslate } from '#locales/translate.ts';
import { createLifecycle } from '#process/lifecycle.ts';
import { createLogger } from '#process/logger.ts';
import { runDemo } from './run-demo.ts';
import type { Stage } from './stage.ts';

it('keeps every secret of a whole demo out of tables, queue, logs, chats and answers', async () => {
  const lifecycle = createLifecycle({ log: createLogger({ part: 'test', level: 'error' }) });
  const said: string[] = [];
  let stage: Stage | undefined;
  try {
    await runDemo(
      {
        ...{ seed: '7', scale: 7200, queue: 'postgres', port: undefined, ledgerFile: undefined },
        ...{ collectedLimit: 24, leaseSeconds: 5, logLevel: 'debug' },
      },
      {
        ...{ t: createTranslate('en'), lifecycle, printsJson: true, stays: false },
        output: { write: (words: string) => said.push(words) > 0 },
        onStage: (opened) => {
          stage = opened;
        },
      },
    );
    if (!stage) throw new Error('the demo has had no stage');
    const secrets = await secretsOf(stage);
    expect(secrets.size).toBe(14);
    const [folder = ''] = /\/\S*usher-demo-\w+/.exec(said.join('')) ?? [];
    const places: Record<string, string> = {
      'the terminal': said.join(''),
      'the chats': JSON.stringify(await stage.control.transcript()),
      ...(await tablesOf(stage.migrator)),
      ...(await logsOf(folder)),
      ...(await answersOf(stage.miniappUrl)),
    };
    expect(Object.keys(places).filter((name) => name.endsWith('.log')).length).toBeGreaterThanOrEqual(3);
    for (const [place, text] of Object.entries(places))
      for (const [name, secret] of secrets) expect(text.includes(secret), `${name} in ${place}`).toBe(false);
  } finally {
    await lifecycle.stop('over');
  }
}, 300_000);

/** By name: of the installation, of every account and its sign-in, and the sessions that came of them. */
async function secretsOf({ cast, workerConfig, migrator }: Stage): Promise<Map<string, string>> {
  const { telegram, sessionKeys, suppressionKey } = workerConfig;
  const answer = await sessionKeys.read();
  if (!answer.ok) throw new Error(answer.because);
  const secrets = new Map([
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

/** Every row of every table, the queue's too, as text. */
async function tablesOf({ db }: Connection): Promise<Record<string, string>> {
  const tables = await db.execute<{ name: string }>(sql`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`);
  const texts: Record<string, string> = {};
  for (const { name } of tables) {
    const [row] = await db.execute<{ text: string | null }>(
      sql`select string_agg(t::text, ' ') as text from ${sql.raw(name)} as t`,
    );
    texts[name] = row?.text ?? '';
  }
  return texts;
}

async function logsOf(folder: string): Promise<Record<string, string>> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.log'));
  const read = async (name: string) => [name, await readFile(join(folder, name), 'utf8')] as const;
  return Object.fromEntries(await Promise.all(names.map(read)));
}

/** What the server says to whoever asks. */
async function answersOf(url: string): Promise<Record<string, string>> {
  const paths = ['/', '/connect', '/health/ready', '/api/v1/openapi.json', '/api/v1/me', '/nowhere'];
  const ask = async (path: string) => [path, await (await fetch(`${url}${path}`)).text()] as const;
  return Object.fromEntries(await Promise.all(paths.map(ask)));
}
