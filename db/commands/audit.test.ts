import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { apiScenes } from '../testing/api-scenes.ts';
import { createAccount, createHome } from '../testing/factories.ts';
import { fileScenes } from '../testing/file-scenes.ts';
import { parseScenes } from '../testing/parse-scenes.ts';
import { privacyScenes } from '../testing/privacy-scenes.ts';
import { searchScenes } from '../testing/search-scenes.ts';
import { signInScenes } from '../testing/sign-in-scenes.ts';
import { teamScenes } from '../testing/team-scenes.ts';
import { createTestDb, type TestDb } from '../testing/test-db.ts';
import { workScenes } from '../testing/work-scenes.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

const scenes = {
  ...workScenes,
  ...parseScenes,
  ...searchScenes,
  ...teamScenes,
  ...signInScenes,
  ...apiScenes,
  ...fileScenes,
  ...privacyScenes,
};
const names = readdirSync(import.meta.dirname)
  .filter((name) => !name.endsWith('.test.ts'))
  .map((name) => name.replace(/\.ts$/, ''));

const camelCase = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());

const readAudits = () =>
  db.owner.execute<{ id: string; workspace_id: string; action: string }>(
    sql`select id, workspace_id, action from audit`,
  );

test('there is a scene for every command, and none for what is no command', () => {
  expect(Object.keys(scenes).sort()).toEqual(names.sort());
});

test.each(names)('%s holds the one command it is named for', async (name) => {
  const module: Record<string, unknown> = await import(join(import.meta.dirname, `${name}.ts`));
  expect(Object.keys(module).filter((key) => typeof module[key] === 'function')).toEqual([camelCase(name)]);
});

/**
 * What they write is nothing that anybody did: codes, steps, claims, leases, deliveries, signs of life, pieces of
 * files, and the seal itself. Whoever tells the bot to stop belongs to no workspace whose audit could tell of it. */
const INFRASTRUCTURE = [
  'api-tokens.ts',
  'audit-chain.ts',
  'bot-messages.ts',
  'claim-codes.ts',
  'command.ts',
  'connect-pages.ts',
  'dispatch.ts',
  'events.ts',
  'file-chunks.ts',
  'leases.ts',
  'nodes.ts',
  'server-sessions.ts',
  'sign-ins.ts',
  'stopped-people.ts',
  'webhook-deliveries.ts',
];
const OPENS =
  /\b(inWorkspace|acrossWorkspaces|inOneTrip|transaction)\(|\bdb\s*\.(execute|insert|update|delete)\(/;
const WRITES = /\.(insert|update|delete)\(|\binsert into\b|\bupdate \w+( set|\s*$)|\bdelete from\b/m;

test('nothing but commands and infrastructure opens a transaction and writes', () => {
  const room = join(import.meta.dirname, '..');
  const files = readdirSync(room, { recursive: true, encoding: 'utf8' }).filter(
    (path) => /\.ts$/.test(path) && !/\.test\.ts$|^(commands|testing|schema)\b/.test(path),
  );
  const writers = files.filter((path) => {
    const text = readFileSync(join(room, path), 'utf8');
    return OPENS.test(text) && WRITES.test(text);
  });
  expect(writers.sort()).toEqual(INFRASTRUCTURE);
});

test.each(Object.entries(scenes))('%s writes the audit log', async (name, arrange) => {
  const home = await createHome(db);
  const act = await arrange({ db, home, held: await createAccount(home) });
  const before = new Set([...(await readAudits())].map(({ id }) => id));
  const answer = await act();
  if (name === 'claim-with-code') return expect(answer).toBe(1);
  const written = [...(await readAudits())].filter(({ id }) => !before.has(id));
  expect(written).not.toEqual([]);
  for (const row of written) {
    expect(row.action).toMatch(/^[a-z_]+\.[a-z_]+$/);
    if (name !== 'claim-workspace') expect(row.workspace_id).toBe(home.workspaceId);
  }
});
