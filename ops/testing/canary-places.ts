import { execFile } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import type { Connection } from '#db/connect.ts';
import type { Stage } from '../cli/demo/stage.ts';
import type { Canaries } from './plant-canaries.ts';

/** Where a secret could have got to, as text. */
export type Places = Record<string, string>;

/** Each secret that is found, and where. Short ones, such as phone numbers, count wherever their letters stand. */
export const findCanaries = (places: Places, canaries: Canaries): string[] =>
  Object.entries(places).flatMap(([place, text]) =>
    [...canaries].filter(([, secret]) => text.includes(secret)).map(([name]) => `${name} in ${place}`),
  );

/** Every row of every table, the queue's too. */
export async function tablesOf({ sql }: Connection): Promise<Places> {
  const tables = await sql<{ name: string }[]>`
    select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema')`;
  const places: Places = {};
  for (const { name } of tables) {
    const [row] = await sql.unsafe(`select string_agg(t::text, ' ') as text from ${name} as t`);
    places[name] = String(row?.text ?? '');
  }
  return places;
}

export async function logsOf(folder: string): Promise<Places> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.log'));
  const read = async (name: string) => [name, await readFile(join(folder, name), 'utf8')] as const;
  return Object.fromEntries(await Promise.all(names.map(read)));
}

/** Everything that is said to a Redis from now on; `read` ends the listening. */
export async function overhearRedis(url: string): Promise<{ read(): string }> {
  const redis = new Redis(url);
  const monitor = await redis.monitor();
  let heard = '';
  monitor.on('monitor', (_: string, words: string[]) => {
    heard += `${words.join(' ')}\n`;
  });
  return {
    read() {
      monitor.disconnect();
      redis.disconnect();
      return heard;
    },
  };
}

/** What the server says to a stranger, and to a person who reads everything the API has. */
export async function answersOf({ miniappUrl }: Stage, token: string): Promise<Places> {
  const ask = async (path: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${miniappUrl}${path}`, { headers });
    return [`GET ${path}`, `${[...response.headers]} ${await response.text()}`] as const;
  };
  const { paths } = (await (await fetch(`${miniappUrl}/api/v1/openapi.json`)).json()) as {
    paths: Record<string, { get?: object }>;
  };
  const lists = Object.keys(paths).filter((path) => paths[path]?.get && !/[{]|events/.test(path));
  const open = ['/', '/connect', '/health/ready', '/nowhere', '/api/v1/me', '/api/v1/accounts?limit=none'];
  return Object.fromEntries(
    await Promise.all([
      ...lists.map((path) => ask(path, { authorization: `Bearer ${token}` })),
      ...open.map((path) => ask(`${path}?`)),
    ]),
  );
}

/** What a process leaves behind that nobody catches an error of, whose words and cause hold all of it. */
export async function crashWith(words: string): Promise<string> {
  const program = `
    import { createLifecycle, runProcess } from '#process/lifecycle.ts';
    import { createLogger } from '#process/logger.ts';
    const log = createLogger({ part: 'test', level: 'debug' });
    void runProcess(createLifecycle({ log }), { log });
    const words = process.env.WORDS ?? '';
    setImmediate(() => {
      throw Object.assign(new Error('it was ' + words, { cause: new Error(words) }), { note: words });
    });`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', program];
  return new Promise((resolve) => {
    execFile(process.execPath, args, { env: { ...process.env, WORDS: words } }, (error, out, err) =>
      resolve(`${error?.code} ${out} ${err}`),
    );
  });
}
