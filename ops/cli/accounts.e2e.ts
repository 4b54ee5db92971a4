import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { Secret } from '#core/secret.ts';
import { connectAccount } from '#db/commands/connect-account.ts';
import { findOperatorByTelegramId } from '#db/queries/find-operator.ts';
import { accountSession } from '#db/schema/accounts.ts';
import { openSession, sealSession } from '#db/seal.ts';
import { keysOf as keysThrough } from '#db/session-keys.ts';
import { createTestDb, type TestDb } from '#db/testing/test-db.ts';
import { readKeysConfig } from '#process/config/config.ts';
import { startVault } from '#process/config/testing/vault-server.ts';
import { runUsher } from '../testing/run-usher.ts';

const [oldKey, newKey, strange] = [1, 2, 3].map((byte) => Buffer.alloc(32, byte).toString('base64'));

let db: TestDb;
let env: Record<string, string>;
let workspaceId: string;
beforeAll(async () => {
  db = await createTestDb();
  env = { DATABASE_URL: db.url, SESSION_KEY: oldKey ?? '', LOG_LEVEL: 'warn', LANG: 'en' };
  expect((await usher('owner', '777', '--name', 'Lives', '--language', 'en')).code).toBe(0);
  workspaceId = (await findOperatorByTelegramId(db.app, '777'))?.memberships[0]?.workspaceId ?? '';
  await connect('21', 'anna_here');
  await connect('22', 'bert_here');
});
afterAll(() => db.close());

const usher = (...args: string[]) => runUsher(args, env).ended;
const accounts = (...args: string[]) => usher('accounts', ...args, '--as', '777');
const keysOf = async (variables: Record<string, string>) => {
  const answer = await readKeysConfig({ DATABASE_URL: db.url, ...variables }).sessionKeys.read();
  if (!answer.ok) throw new Error(answer.because);
  return answer.keys;
};
const connect = async (telegramId: string, username: string) => {
  const [key] = await keysOf({ SESSION_KEY: oldKey ?? '' });
  return connectAccount(
    { db: db.app, actor: { kind: 'system', part: 'test' }, workspaceId, now: new Date() },
    {
      profile: { telegramId, firstName: 'Anna', username, isPremium: false },
      seal: (accountId) => sealSession(key, { workspaceId, accountId }, new Secret(`session ${telegramId}`)),
    },
  );
};

it('disables, enables and asks a worker, and keeps a history of who did what', async () => {
  expect(await accounts('disable', '@anna_here')).toMatchObject({
    code: 0,
    out: expect.stringContaining('@anna_here is switched off'),
  });
  expect((await accounts('list')).out).toContain('@anna_here: switched off');
  expect(await accounts('disable', '@anna_here')).toMatchObject({
    code: 1,
    err: expect.stringContaining('disabled already'),
  });
  expect((await accounts('enable', '@anna_here')).out).toContain('works again');
  expect((await accounts('refresh', '@anna_here')).code).toBe(0);
  expect((await accounts('check', '@anna_here', 't.me/checked_here')).out).toContain(
    'what @anna_here may do in t.me/checked_here',
  );
  expect((await accounts('show', '@anna_here')).out).toContain('@checked_here: not read yet');
  expect((await accounts('sessions', '@anna_here')).out).toContain('were not read yet');
  expect(await accounts('sessions', '@anna_here', '--end', '5')).toMatchObject({
    code: 1,
    err: expect.stringContaining('no such session'),
  });
  const { out } = await accounts('history', '@anna_here');
  expect(out).toMatch(/: account\.enabled/);
  expect(out).toContain('account.connected');
});

it('logs out and removes only after the name was typed, or with --yes', async () => {
  const asked = runUsher(['accounts', 'remove', '@bert_here', '--as', '777'], env);
  asked.process.stdin?.write('no\n');
  expect((await asked.ended).out).toContain('Nothing was changed');
  expect((await accounts('logout', '@bert_here', '--yes')).out).toContain('logged out by a worker');
  expect((await accounts('remove', '@bert_here', '--yes')).out).toContain('is removed');
  expect((await accounts('list')).out).not.toContain('@bert_here');
  expect(await accounts('show', '@bert_here')).toMatchObject({ code: 2 });
});

it('gives sessions a new key, and leaves those alone whose key is not there', async () => {
  env = { ...env, SESSION_KEY: newKey ?? '' };
  expect(await usher('keys', 'rotate')).toMatchObject({
    code: 1,
    out: expect.stringContaining('One session could not be opened'),
  });
  env = { ...env, OLD_SESSION_KEYS: `${strange},${oldKey}` };
  const { code, out } = await usher('keys', 'rotate');
  expect(out).toMatch(/: 1\n.*: 0\n.*Every session has the key/);
  expect(code).toBe(0);
  const [row] = await db.owner
    .select()
    .from(accountSession)
    .where(eq(accountSession.workspaceId, workspaceId));
  const owner = { workspaceId, accountId: row?.accountId ?? '' };
  const sealed = { bytes: row?.sealed ?? Buffer.of(), keyId: row?.keyId ?? '' };
  expect(openSession(await keysOf({ SESSION_KEY: newKey ?? '' }), owner, sealed).reveal()).toBe('session 21');
});

it('brings sessions over to a key in Vault, wraps them with its next version, and says when Vault is sealed', async () => {
  const vault = await startVault();
  const inVault = {
    ...{ SESSION_KEY: '', OLD_SESSION_KEYS: newKey ?? '', VAULT_TRANSIT_KEY: 'transit/keys/usher' },
    ...{ VAULT_ADDR: vault.address, VAULT_ROLE_ID: 'role', VAULT_SECRET_ID: 'secret' },
  };
  env = { ...env, ...inVault };
  const { sessionKeys } = readKeysConfig({ DATABASE_URL: db.url, ...inVault, OLD_SESSION_KEYS: '' });
  const isOpenedFrom = async (version: string) => {
    const [row] = await db.owner
      .select()
      .from(accountSession)
      .where(eq(accountSession.workspaceId, workspaceId));
    const sealed = { bytes: row?.sealed ?? Buffer.of(), keyId: row?.keyId ?? '' };
    expect(sealed.keyId).toBe(`transit/keys/usher:${version}`);
    const answer = await keysThrough(sessionKeys, sealed);
    const owner = { workspaceId, accountId: row?.accountId ?? '' };
    return answer.ok && openSession(answer.keys, owner, sealed).reveal() === 'session 21';
  };
  try {
    expect(await usher('keys', 'rotate')).toMatchObject({
      code: 0,
      out: expect.stringContaining('usher:v1'),
    });
    expect(await isOpenedFrom('v1')).toBe(true);
    vault.transitKeys.push(Buffer.alloc(32, 7));
    expect(await usher('keys', 'rotate')).toMatchObject({
      code: 0,
      out: expect.stringContaining('usher:v2'),
    });
    expect(await isOpenedFrom('v2')).toBe(true);
    expect(vault.calls).toContain('transit/rewrap/usher 200');
    vault.isSealed = true;
    expect(await usher('keys', 'rotate')).toMatchObject({
      code: 1,
      err: expect.stringContaining('Vault is sealed'),
    });
  } finally {
    sessionKeys.close();
    await vault.close();
  }
});
