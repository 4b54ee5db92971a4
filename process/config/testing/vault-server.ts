import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

/**
 * Speaks the documented HTTP API of Vault: AppRole login, renewal, a KV version 2 secret, the transit key `usher`, and
 * 503 while it is sealed. The transit key is real: it has versions, and texts that were changed do not open.
 */
export type Vault = {
  address: string;
  /** Versions of the transit key, the oldest first. */
  transitKeys: Buffer[];
  isSealed: boolean;
  leaseSeconds: number;
  tokens: Set<string>;
  fields: Record<string, string> | undefined;
  calls: string[];
  /** Resolves with the next call of the path. */
  next(path: string): Promise<void>;
  close(): Promise<unknown>;
};

export async function startVault(fields?: Record<string, string>): Promise<Vault> {
  const server = createServer();
  const waiting = new Map<string, () => void>();
  const state: Vault = {
    address: '',
    transitKeys: [randomBytes(32)],
    isSealed: false,
    leaseSeconds: 3600,
    tokens: new Set(),
    fields,
    calls: [],
    next: (path) => new Promise((resolve) => waiting.set(path, resolve)),
    close() {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(resolve));
    },
  };
  server.on('request', async (request, response) => {
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
    const [, deed] = /^transit\/(\w+)\/usher$/.exec(path) ?? [];
    if (deed) return answer(...transit(state.transitKeys, deed, JSON.parse(text)));
    if (path !== 'secret/data/usher' || !state.fields) return answer(404, { errors: [] });
    return answer(200, { data: { data: state.fields, metadata: { version: 3 } } });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  state.address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return state;
}

type Item = { plaintext?: string; ciphertext?: string };

/** developer.hashicorp.com/vault/api-docs/secret/transit: status and body of `encrypt`, `decrypt` and `rewrap`. */
function transit(
  keys: readonly Buffer[],
  deed: string,
  body: Item & { batch_input?: Item[]; partial_failure_response_code?: number },
): [number, unknown] {
  const one = (item: Item): Record<string, unknown> => {
    const plain = deed === 'encrypt' ? item.plaintext : decrypt(keys, item.ciphertext ?? '');
    if (plain === undefined) return { error: 'invalid ciphertext' };
    return deed === 'decrypt'
      ? { plaintext: plain }
      : { ciphertext: encrypt(keys, plain), key_version: keys.length };
  };
  if (!body.batch_input) {
    const data = one(body);
    return data.error ? [400, { errors: [data.error] }] : [200, { data }];
  }
  const results = body.batch_input.map(one);
  const failed = results.filter(({ error }) => error).length;
  const partly = failed === results.length ? 400 : (body.partial_failure_response_code ?? 400);
  return [failed === 0 ? 200 : partly, { data: { batch_results: results } }];
}

function encrypt(keys: readonly Buffer[], plaintext: string): string {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', keys.at(-1) ?? '', iv);
  const box = [cipher.update(plaintext, 'base64'), cipher.final()];
  return `vault:v${keys.length}:${Buffer.concat([iv, ...box, cipher.getAuthTag()]).toString('base64')}`;
}

function decrypt(keys: readonly Buffer[], text: string): string | undefined {
  const [, version, base64 = ''] = /^vault:v(\d+):(.+)$/.exec(text) ?? [];
  const bytes = Buffer.from(base64, 'base64');
  try {
    const decipher = createDecipheriv('aes-256-gcm', keys[Number(version) - 1] ?? '', bytes.subarray(0, 12));
    decipher.setAuthTag(bytes.subarray(-16));
    return Buffer.concat([decipher.update(bytes.subarray(12, -16)), decipher.final()]).toString('base64');
  } catch {
    return undefined;
  }
}
