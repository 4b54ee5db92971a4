import { Secret } from '#core/secret.ts';
import type { KeySource, KeysAnswer, KeysAway, SealKeys } from '#core/session-keys.ts';

export type VaultAccess = {
  address: string;
  roleId: string;
  secretId: Secret;
  /** The API path of a secret in a KV version 2 engine: `secret/data/usher`. */
  keyPath: string;
  namespace: string | undefined;
  /** How long the keys may be used before Vault is asked again. */
  cacheMs?: number;
};

type Token = { value: Secret; leaseMs: number; isRenewable: boolean };

const DEADLINE_MS = 5_000;
const CACHE_MS = 60_000;
/** A token is renewed when this part of its lease has passed. */
const RENEWAL_PART = 2 / 3;
/** The longest delay that a timer of Node takes. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What stands between us and an answer; never holds what was sent. */
class VaultAway extends Error {
  readonly because: KeysAway;

  constructor(because: KeysAway) {
    super(`vault: ${because}`);
    this.name = 'VaultAway';
    this.because = because;
  }
}

/**
 * Keys in HashiCorp Vault: an AppRole logs in (developer.hashicorp.com/vault/api-docs/auth/approle), its token is renewed
 * while the process lives, and the keys are read from KV version 2 (…/api-docs/secret/kv/kv-v2), from its fields
 * `session_key` and `old_session_keys`. Keys are used for `cacheMs`, so that a Vault that was sealed stops new sessions.
 */
export function openVault(access: VaultAccess, parseKeys: (text: string) => SealKeys | undefined): KeySource {
  const cacheMs = access.cacheMs ?? CACHE_MS;
  let token: Token | undefined;
  let renewal: NodeJS.Timeout | undefined;
  let known: { keys: SealKeys; until: number } | undefined;
  let reading: Promise<KeysAnswer> | undefined;

  async function call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> {
    const response = await fetch(`${access.address}/v1/${path}`, {
      method,
      headers: {
        'x-vault-request': 'true',
        ...(token && { 'x-vault-token': token.value.reveal() }),
        ...(access.namespace && { 'x-vault-namespace': access.namespace }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal: AbortSignal.timeout(DEADLINE_MS),
      redirect: 'error',
    }).catch(() => {
      throw new VaultAway('unreachable');
    });
    if (!response.ok) throw new VaultAway(STATUSES[response.status] ?? 'unreachable');
    return response.json().catch(() => {
      throw new VaultAway('unreachable');
    });
  }

  function keep(answer: unknown): void {
    const auth = fieldsOf(fieldsOf(answer).auth);
    if (typeof auth.client_token !== 'string') throw new VaultAway('denied');
    const leaseMs = Number(auth.lease_duration) * 1000;
    token = { value: new Secret(auth.client_token), leaseMs, isRenewable: auth.renewable === true };
    clearTimeout(renewal);
    // A token without an end has a lease of zero.
    if (!token.isRenewable || !(leaseMs > 0)) return;
    renewal = setTimeout(() => void renew(), Math.min(leaseMs * RENEWAL_PART, LONGEST_TIMER_MS)).unref();
  }

  /** A token that cannot be renewed any more is forgotten: the next read logs in anew. */
  async function renew(): Promise<void> {
    try {
      keep(await call('POST', 'auth/token/renew-self', {}));
    } catch {
      token = undefined;
    }
  }

  async function logIn(): Promise<void> {
    token = undefined;
    const { roleId, secretId } = access;
    keep(await call('POST', 'auth/approle/login', { role_id: roleId, secret_id: secretId.reveal() }));
  }

  async function readKeys(): Promise<SealKeys> {
    const secret = fieldsOf(fieldsOf(fieldsOf(await call('GET', access.keyPath)).data).data);
    const texts = [secret.session_key, secret.old_session_keys].filter((text) => typeof text === 'string');
    const keys = typeof secret.session_key === 'string' ? parseKeys(texts.join('\n')) : undefined;
    if (!keys) throw new VaultAway('no_key');
    return keys;
  }

  async function readAnew(): Promise<KeysAnswer> {
    try {
      const hadToken = token !== undefined;
      if (!hadToken) await logIn();
      const keys = await readKeys().catch(async (error: unknown) => {
        // The token may have been revoked, or have ended while Vault was away.
        if (!hadToken || !(error instanceof VaultAway) || error.because !== 'denied') throw error;
        await logIn();
        return readKeys();
      });
      known = { keys, until: performance.now() + cacheMs };
      return { ok: true, keys };
    } catch (error) {
      if (error instanceof VaultAway) return { ok: false, because: error.because };
      throw error;
    }
  }

  return {
    async read(wanted) {
      const isFresh = known !== undefined && performance.now() < known.until;
      if (known && isFresh && (!wanted || known.keys.some(({ id }) => id === wanted))) {
        return { ok: true, keys: known.keys };
      }
      reading ??= readAnew().finally(() => {
        reading = undefined;
      });
      return reading;
    },
    close: () => clearTimeout(renewal),
  };
}

/** developer.hashicorp.com/vault/api-docs#http-status-codes: 503 is a Vault that is sealed or in maintenance. */
const STATUSES: Readonly<Record<number, KeysAway>> = {
  400: 'denied',
  401: 'denied',
  403: 'denied',
  404: 'no_key',
  503: 'sealed',
};

const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
