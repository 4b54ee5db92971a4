import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { claimWorkspace } from '#db/commands/claim-workspace.ts';
import { erasePerson } from '#db/commands/erase-person.ts';
import { createHashPerson } from '#db/person-hash.ts';
import { createTestDb, type TestDb } from '#db/testing/test-db.ts';
import { runUsher } from '../testing/run-usher.ts';

let db: TestDb;
beforeEach(async () => {
  db = await createTestDb();
});
afterEach(() => db.close());

it('erases again after a restore, also whom the backup does not know to be erased', async () => {
  const key = Buffer.alloc(32, 3);
  const env = { DATABASE_URL: db.url, SUPPRESSION_KEY: key.toString('base64'), LANG: 'C' };
  const now = new Date();
  const { workspaceId, operatorId } = await claimWorkspace(db.owner, {
    ...{ name: 'Harbour', now },
    owner: { telegramId: '7', firstName: 'Ada', language: 'en' },
  });
  const actor = { kind: 'operator', operatorId, role: 'owner' } as const;
  const ctx = { db: db.app, actor, workspaceId, now };
  await erasePerson(ctx, { person: { telegramId: '99' }, hashPerson: createHashPerson(key) });
  const kept = await runUsher(['erasures', 'export'], env).ended;
  expect(kept.out).toMatch(new RegExp(`^${workspaceId} [0-9a-f]{64}$`));

  await db.owner.execute(sql`delete from erasure`);
  await db.owner.execute(sql`
    insert into person (workspace_id, telegram_id, first_name, is_bot, is_deleted, is_scam, is_premium, has_photo,
      is_admin_somewhere, last_seen, seen_at)
    values (${workspaceId}, 99, 'Back', false, false, false, false, false, false, 'recently', now())`);
  const unaware = await runUsher(['erasures', 'apply'], env).ended;
  expect(unaware).toMatchObject({ code: 0, out: 'Erased again: 0' });

  const file = join(mkdtempSync(join(tmpdir(), 'usher-')), 'erasures.txt');
  writeFileSync(file, `${kept.out}\n`);
  expect(await runUsher(['erasures', 'apply', '--from', file], env).ended).toMatchObject({
    ...{ code: 0, out: 'Erased again: 1' },
  });
  expect(await db.owner.execute(sql`select 1 from person`)).toHaveLength(0);
  writeFileSync(file, 'nonsense\n');
  expect(await runUsher(['erasures', 'apply', '--from', file], env).ended).toMatchObject({
    ...{ code: 2, err: expect.stringContaining('line 1 of') },
  });
});
