import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createAccount, createHome } from '../testing/factories.ts';
import { teamScenes } from '../testing/team-scenes.ts';
import { createTestDb, type TestDb } from '../testing/test-db.ts';
import { workScenes } from '../testing/work-scenes.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

const scenes = { ...workScenes, ...teamScenes };
const names = readdirSync(import.meta.dirname)
  .filter((name) => !name.endsWith('.test.ts'))
  .map((name) => name.replace(/\.ts$/, ''));

/** Does its work in every workspace in turn by calling the command of its file; has nothing of its own to write. */
const SWEEPS = ['recoverDueAccounts'];
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
  const verbs = Object.keys(module).filter((key) => typeof module[key] === 'function');
  expect(verbs.filter((verb) => !SWEEPS.includes(verb))).toEqual([camelCase(name)]);
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
