import type { KeySource, KeysAnswer, SealKeys } from '#core/session-keys.ts';
import { fieldsOf, openVaultClient, VaultAway, type VaultClient, type VaultLogin } from './vault-client.ts';

export type VaultAccess = VaultLogin & {
  /** The API path of a secret in a KV version 2 engine: `secret/data/usher`. */
  keyPath: string;
  /** How long the keys may be used before Vault is asked again. */
  cacheMs?: number;
};

const CACHE_MS = 60_000;

/**
 * Keys in HashiCorp Vault, read from KV version 2 (developer.hashicorp.com/vault/api-docs/secret/kv/kv-v2), from its fields
 * `session_key` and `old_session_keys`. Keys are used for `cacheMs`, so that a Vault that was sealed stops new sessions.
 */
export function openVault(
  access: VaultAccess,
  parseKeys: (text: string) => SealKeys | undefined,
  client: VaultClient = openVaultClient(access),
): KeySource {
  const cacheMs = access.cacheMs ?? CACHE_MS;
  let known: { keys: SealKeys; until: number } | undefined;
  let reading: Promise<KeysAnswer> | undefined;

  async function readKeys(): Promise<SealKeys> {
    const secret = fieldsOf(fieldsOf(fieldsOf(await client.call('GET', access.keyPath)).data).data);
    const texts = [secret.session_key, secret.old_session_keys].filter((text) => typeof text === 'string');
    const keys = typeof secret.session_key === 'string' ? parseKeys(texts.join('\n')) : undefined;
    if (!keys) throw new VaultAway('no_key');
    return keys;
  }

  async function readAnew(): Promise<KeysAnswer> {
    try {
      const keys = await readKeys();
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
    close: client.close,
  };
}
