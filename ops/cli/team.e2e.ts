import { sql } from 'drizzle-orm';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { findApiToken } from '#db/api-tokens.ts';
import { sealAudit } from '#db/audit-chain.ts';
import { acknowledgeCollected } from '#db/commands/acknowledge-collected.ts';
import { claimWithCode } from '#db/commands/claim-with-code.ts';
import { claimWorkspace } from '#db/commands/claim-workspace.ts';
import { hashToken } from '#db/one-time-tokens.ts';
import { createTestDb, type TestDb } from '#db/testing/test-db.ts';
import { runUsher } from '../testing/run-usher.ts';

const owner = { telegramId: '7', firstName: 'Ada', language: 'en' } as const;
let db: TestDb;
let env: Record<string, string>;
beforeEach(async () => {
  db = await createTestDb();
  env = { DATABASE_URL: db.url };
});
afterEach(() => db.close());

it('makes a code for the first owner, and none once there is one', async () => {
  const made = await runUsher(['claim', '--name', 'Harbour'], env).ended;
  expect(made).toMatchObject({ code: 0, err: '' });
  const [, code = ''] = /\/start claim_([\w-]{16})$/.exec(made.out.trim()) ?? [];
  const claimed = await claimWithCode(db.app, { code, owner, fallbackName: 'x', now: new Date() });
  expect(claimed.workspaceName).toBe('Harbour');

  const refused = await runUsher(['claim'], env).ended;
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('has an owner already') });
});

it('verifies the audit log, and names in words the first row that was changed', async () => {
  const now = new Date();
  const { workspaceId, operatorId } = await claimWorkspace(db.owner, { name: 'Harbour', owner, now });
  const actor = { kind: 'operator', operatorId, role: 'owner' } as const;
  await acknowledgeCollected({ db: db.app, actor, workspaceId, now }, { text: 'I know them' });
  await sealAudit(db.worker);
  const whole = await runUsher(['audit', 'verify'], env).ended;
  expect(whole).toMatchObject({ code: 0, err: '' });
  const [, head = ''] = /Harbour: the audit log is whole, 2 rows.* ([0-9a-f]{64})$/.exec(whole.out) ?? [];
  expect(await runUsher(['audit', 'verify', '--noted', head], env).ended).toMatchObject({ code: 0 });
  const cutOff = await runUsher(['audit', 'verify', '--noted', 'f'.repeat(64)], env).ended;
  expect(cutOff).toMatchObject({ code: 1, out: expect.stringContaining('rows were cut off since') });

  await db.owner.transaction(async (tx) => {
    await tx.execute(sql`set local session_replication_role = replica`);
    await tx.execute(sql`update audit set after = '{"text":"never"}' where position = 2`);
  });
  const broken = await runUsher(['audit', 'verify'], { ...env, LANG: 'C' }).ended;
  expect(broken.code).toBe(1);
  expect(broken.out).toMatch(
    /Harbour: the audit log is broken at row 2: workspace\.collected_acknowledged, /,
  );
  expect(broken.out).toContain('Its content is not what was sealed.');
});

it('makes an API token that is alone on standard output, and none for a stranger', async () => {
  const now = new Date();
  await claimWorkspace(db.owner, { name: 'Harbour', owner, now });
  const made = await runUsher(['tokens', 'create', '--as', '7', '--name', 'Export', '--days', '2'], {
    ...env,
    LANG: 'C',
  }).ended;
  expect(made).toMatchObject({ code: 0, err: expect.stringContaining('shown only now') });
  expect(made.out).toMatch(/^usher_[\w-]{43}$/);
  const found = await findApiToken(db.app, { tokenHash: hashToken(made.out), now: new Date() });
  expect(found).toMatchObject({ role: 'viewer', firstName: 'Ada' });
  expect(await runUsher(['tokens', 'create', '--as', '8', '--name', 'x'], env).ended).toMatchObject({
    code: 2,
  });
});
