import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { Secret } from '#core/secret.ts';
import type { KeySource } from '#core/session-keys.ts';
import { openKeySource } from './session-keys.ts';
import { startVault, type Vault } from './testing/vault-server.ts';

const older = randomBytes(32);
let vault: Vault;
let source: KeySource;

const open = (keys: Buffer[] = []) =>
  openKeySource({
    ...{ keys, file: undefined, transitKey: 'transit/keys/usher' },
    vault: {
      ...{ address: vault.address, roleId: 'role', secretId: new Secret('secret') },
      ...{ keyPath: 'secret/data/usher', namespace: undefined },
    },
  });
beforeEach(async () => {
  vault = await startVault({ session_key: older.toString('base64') });
  source = open();
});
afterEach(async () => {
  source.close();
  await vault.close();
});

const freshKey = async () => {
  const answer = await source.read();
  if (!answer.ok) throw new Error(answer.because);
  return answer.keys[0];
};
const unwrap = async (id: string, wrapped = '') => {
  const answer = await source.transit?.unwrap(id, wrapped);
  return answer?.ok ? answer.keys : answer?.because;
};

it('gives each session a key of its own, which Vault alone opens again', async () => {
  const [first, second] = [await freshKey(), await freshKey()];
  expect(first.key).not.toEqual(second.key);
  expect(first.id).toBe('transit/keys/usher:v1');
  expect(await unwrap(first.id, first.wrapped)).toEqual([first]);
  expect(vault.calls).toEqual([
    'auth/approle/login 200',
    ...['transit/encrypt/usher 200', 'transit/encrypt/usher 200', 'transit/decrypt/usher 200'],
  ]);
});

it('opens nothing that Vault did not wrap, and what it wraps no more', async () => {
  const { id, wrapped = '' } = await freshKey();
  expect(await unwrap(id, `${wrapped.slice(0, -8)}AAAAAAA=`)).toEqual([]);
  expect(await unwrap(id, 'vault:v9:AAAA')).toEqual([]);
  vault.transitKeys[0] = randomBytes(32);
  expect(await unwrap(id, wrapped)).toEqual([]);
});

it('wraps many keys with the newest version in one call, and tells which do not open', async () => {
  const first = await freshKey();
  vault.transitKeys.push(randomBytes(32));
  const answer = await source.transit?.rewrap([first.wrapped ?? '', 'vault:v1:AAAA']);
  const [renewed, broken] = answer?.ok ? answer.keys : [];
  expect(renewed?.id).toBe('transit/keys/usher:v2');
  expect(broken).toBeUndefined();
  expect(await unwrap(renewed?.id ?? '', renewed?.wrapped)).toEqual([{ ...renewed, key: first.key }]);
  expect(await source.transit?.rewrap(['vault:v1:AAAA'])).toEqual({ ok: true, keys: [undefined] });
});

it('says that Vault is sealed or away at once, logs in anew, and goes on by itself', async () => {
  const { id, wrapped } = await freshKey();
  vault.isSealed = true;
  expect(await unwrap(id, wrapped)).toBe('sealed');
  expect(await source.read()).toEqual({ ok: false, because: 'sealed' });
  vault.isSealed = false;
  vault.tokens.clear();
  expect(await unwrap(id, wrapped)).toHaveLength(1);
  expect(vault.calls.filter((call) => call.includes('login'))).toHaveLength(2);
  await vault.close();
  expect(await unwrap(id, wrapped)).toBe('unreachable');
});

it('still opens what was sealed before, with the secret in Vault or with old keys of the environment', async () => {
  const fromVault = await source.read('whatever');
  expect(fromVault.ok && fromVault.keys.map(({ key }) => key)).toEqual([older]);
  const withOld = open([older]);
  const fromEnvironment = await withOld.read('whatever');
  withOld.close();
  expect(fromEnvironment).toEqual(fromVault);
});
