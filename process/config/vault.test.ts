import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '#core/secret.ts';
import type { KeySource } from '#core/session-keys.ts';
import { openKeySource } from './session-keys.ts';
import { startVault, type Vault } from './testing/vault-server.ts';

const [newest, older] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];

let vault: Vault;
let source: KeySource | undefined;

beforeEach(async () => {
  vault = await startVault({ session_key: newest, old_session_keys: older });
});
afterEach(async () => {
  source?.close();
  source = undefined;
  await vault.close();
});

const open = (more: { secret?: string; cacheMs?: number } = {}) => {
  source = openKeySource({
    keys: [],
    file: undefined,
    vault: {
      address: vault.address,
      roleId: 'role',
      secretId: new Secret(more.secret ?? 'secret'),
      keyPath: 'secret/data/usher',
      namespace: undefined,
      cacheMs: more.cacheMs ?? 60_000,
    },
  });
  return source;
};
const keysOf = async (from: KeySource, wanted?: string) => {
  const answer = await from.read(wanted);
  return answer.ok ? answer.keys.map(({ key }) => Buffer.from(key).toString('base64')) : answer.because;
};

describe('keys in Vault', () => {
  it('are read by an AppRole, the newest first, and Vault is asked once for many sessions', async () => {
    const keys = open();
    const answers = await Promise.all(Array.from({ length: 20 }, () => keysOf(keys)));
    expect(new Set(answers.map(String))).toEqual(new Set([`${newest},${older}`]));
    expect(await keysOf(keys)).toEqual([newest, older]);
    expect(vault.calls).toEqual(['auth/approle/login 200', 'secret/data/usher 200']);
  });

  it('renews its token while the process lives', async () => {
    vault.leaseSeconds = 0.03;
    const renewed = vault.next('auth/token/renew-self');
    await keysOf(open());
    await renewed;
    expect(vault.calls.at(-1)).toBe('auth/token/renew-self 200');
  });

  it('logs in anew when its token was revoked', async () => {
    const keys = open({ cacheMs: 0 });
    await keysOf(keys);
    vault.tokens.clear();
    expect(await keysOf(keys)).toEqual([newest, older]);
    expect(vault.calls.slice(2)).toEqual([
      'secret/data/usher 403',
      'auth/approle/login 200',
      'secret/data/usher 200',
    ]);
  });

  it('says that Vault is sealed, and reads on by itself when it is open again', async () => {
    const keys = open({ cacheMs: 0 });
    vault.isSealed = true;
    expect(await keysOf(keys)).toBe('sealed');
    vault.isSealed = false;
    expect(await keysOf(keys)).toEqual([newest, older]);
    vault.isSealed = true;
    expect(await keysOf(keys)).toBe('sealed');
  });

  it('finds a key that was added when a session wants it', async () => {
    vault.fields = { session_key: older };
    const keys = open();
    expect(await keysOf(keys)).toEqual([older]);
    vault.fields = { session_key: newest, old_session_keys: older };
    expect(await keysOf(keys)).toEqual([older]);
    expect(await keysOf(keys, 'unknown')).toEqual([newest, older]);
  });

  it('says that it is not let in, that there is no key, or that nobody answers', async () => {
    expect(await keysOf(open({ secret: 'wrong' }))).toBe('denied');
    vault.fields = undefined;
    expect(await keysOf(open())).toBe('no_key');
    vault.fields = { session_key: 'c2hvcnQ=' };
    expect(await keysOf(open())).toBe('no_key');
    const keys = open();
    await vault.close();
    expect(await keysOf(keys)).toBe('unreachable');
  });
});
