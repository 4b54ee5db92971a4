import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Secret } from '#core/secret.ts';
import type { KeySource } from '#core/session-keys.ts';
import { openKeySource } from './session-keys.ts';

const [newest, older] = [randomBytes(32).toString('base64'), randomBytes(32).toString('base64')];

/** Speaks the documented HTTP API of Vault: AppRole login, renewal, a KV version 2 secret, and 503 while it is sealed. */
type Vault = {
  server: Server;
  isSealed: boolean;
  leaseSeconds: number;
  tokens: Set<string>;
  fields: Record<string, string> | undefined;
  calls: string[];
  /** Resolves with the next call of the path. */
  next(path: string): Promise<void>;
};

let vault: Vault;
let source: KeySource | undefined;

beforeEach(async () => {
  vault = await startVault();
});
afterEach(async () => {
  source?.close();
  source = undefined;
  vault.server.closeAllConnections();
  await new Promise((resolve) => vault.server.close(resolve));
});

async function startVault(): Promise<Vault> {
  const waiting = new Map<string, () => void>();
  const state: Vault = {
    server: createServer(),
    isSealed: false,
    leaseSeconds: 3600,
    tokens: new Set(),
    fields: { session_key: newest, old_session_keys: older },
    calls: [],
    next: (path) => new Promise((resolve) => waiting.set(path, resolve)),
  };
  state.server.on('request', async (request, response) => {
    let text = '';
    for await (const part of request) text += part;
    const path = request.url?.replace('/v1/', '') ?? '';
    const answer = (status: number, body: unknown) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
      state.calls.push(`${path} ${status}`);
      waiting.get(path)?.();
    };
    const auth = (token: string) => {
      state.tokens.add(token);
      answer(200, {
        auth: {
          client_token: token,
          lease_duration: state.leaseSeconds,
          renewable: true,
          policies: ['usher'],
        },
      });
    };
    if (state.isSealed) return answer(503, { errors: ['Vault is sealed'] });
    if (path === 'auth/approle/login') {
      const { role_id: role, secret_id: secret } = JSON.parse(text);
      if (role !== 'role' || secret !== 'secret')
        return answer(400, { errors: ['invalid role or secret ID'] });
      return auth(`token-${state.calls.length}`);
    }
    const token = String(request.headers['x-vault-token']);
    if (!state.tokens.has(token)) return answer(403, { errors: ['permission denied'] });
    if (path === 'auth/token/renew-self') return auth(token);
    if (path !== 'secret/data/usher' || !state.fields) return answer(404, { errors: [] });
    return answer(200, { data: { data: state.fields, metadata: { version: 3 } } });
  });
  await new Promise<void>((resolve) => state.server.listen(0, '127.0.0.1', resolve));
  return state;
}

const open = (more: { secret?: string; cacheMs?: number } = {}) => {
  const { port } = vault.server.address() as AddressInfo;
  source = openKeySource({
    keys: [],
    file: undefined,
    vault: {
      address: `http://127.0.0.1:${port}`,
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
    await new Promise((resolve) => {
      vault.server.close(resolve);
      vault.server.closeAllConnections();
    });
    expect(await keysOf(keys)).toBe('unreachable');
  });
});
