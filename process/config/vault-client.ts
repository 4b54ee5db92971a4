import { Secret } from '#core/secret.ts';
import type { KeysAway } from '#core/session-keys.ts';

export type VaultLogin = {
  address: string;
  roleId: string;
  secretId: Secret;
  namespace: string | undefined;
};

export type VaultClient = {
  /** Answers the body. Throws VaultAway. */
  call(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown>;
  close(): void;
};

type Token = { value: Secret; leaseMs: number; isRenewable: boolean };

const DEADLINE_MS = 5_000;
/** A token is renewed when this part of its lease has passed. */
const RENEWAL_PART = 2 / 3;
/** The longest delay that a timer of Node takes. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** What stands between us and an answer; never holds what was sent. */
export class VaultAway extends Error {
  readonly because: KeysAway;
  /** Of HTTP; undefined when there was no answer. */
  readonly status: number | undefined;

  constructor(because: KeysAway, status?: number) {
    super(`vault: ${because}`);
    this.name = 'VaultAway';
    this.because = because;
    this.status = status;
  }
}

/**
 * Speaks to HashiCorp Vault as an AppRole (developer.hashicorp.com/vault/api-docs/auth/approle): logs in with the first
 * call, renews its token while the process lives, and logs in anew when it was revoked or has ended.
 */
export function openVaultClient(access: VaultLogin): VaultClient {
  let token: Token | undefined;
  let renewal: NodeJS.Timeout | undefined;
  let loggingIn: Promise<void> | undefined;

  async function send(method: 'GET' | 'POST', path: string, body?: unknown): Promise<unknown> {
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
    if (!response.ok) throw new VaultAway(STATUSES[response.status] ?? 'unreachable', response.status);
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
      keep(await send('POST', 'auth/token/renew-self', {}));
    } catch {
      token = undefined;
    }
  }

  async function logIn(): Promise<void> {
    token = undefined;
    const { roleId, secretId } = access;
    keep(await send('POST', 'auth/approle/login', { role_id: roleId, secret_id: secretId.reveal() }));
  }

  /** Calls that come together log in once. */
  const ensureToken = (): Promise<void> => {
    loggingIn ??= logIn().finally(() => {
      loggingIn = undefined;
    });
    return loggingIn;
  };

  return {
    async call(method, path, body) {
      const used = token;
      if (!used) await ensureToken();
      try {
        return await send(method, path, body);
      } catch (error) {
        const isRefused = error instanceof VaultAway && (error.status === 401 || error.status === 403);
        // The token may have been revoked, or have ended while Vault was away.
        if (!used || !isRefused) throw error;
        if (token === used) await ensureToken();
        return send(method, path, body);
      }
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

export const fieldsOf = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
