import { randomBytes } from 'node:crypto';
import type { KeySource, KeysAway, SealKey } from '#core/session-keys.ts';
import { fieldsOf, VaultAway, type VaultClient } from './vault-client.ts';

const KEY_BYTES = 32;

/**
 * Each session has a key of its own that Vault's transit engine wraps
 * (developer.hashicorp.com/vault/api-docs/secret/transit): encrypt, decrypt and rewrap with the key at `keyPath`, such as
 * `transit/keys/usher`, which never leaves Vault. Nothing is remembered, so a Vault that was sealed stops new sessions at
 * once. `older` opens what was sealed before Vault wrapped it.
 */
export function openTransit(client: VaultClient, keyPath: string, older: KeySource | undefined): KeySource {
  const [mount, name] = keyPath.split('/keys/');
  const post = (deed: string, body: object) => client.call('POST', `${mount}/${deed}/${name}`, body);
  /** Rows remember which version of the key wrapped theirs: a text of Vault begins with it. */
  const idOf = (wrapped: string) => `${keyPath}:${/^vault:(v\d+):/.exec(wrapped)?.[1] ?? 'unknown'}`;

  async function makeKey(): Promise<SealKey> {
    const key = randomBytes(KEY_BYTES);
    const answer = await post('encrypt', { plaintext: key.toString('base64') });
    const { ciphertext } = fieldsOf(fieldsOf(answer).data);
    if (typeof ciphertext !== 'string') throw new VaultAway('no_key');
    return { id: idOf(ciphertext), key, wrapped: ciphertext };
  }

  /** Asked in one call; Vault answers 400 when it opens none of them. */
  async function rewrapAll(wrapped: readonly string[]) {
    const answer = await post('rewrap', {
      batch_input: wrapped.map((ciphertext) => ({ ciphertext })),
      partial_failure_response_code: 200,
    }).catch(noneOpens);
    const results = fieldsOf(fieldsOf(answer).data).batch_results;
    return wrapped.map((_, index) => {
      const { ciphertext } = fieldsOf(Array.isArray(results) ? results[index] : undefined);
      return typeof ciphertext === 'string' ? { id: idOf(ciphertext), wrapped: ciphertext } : undefined;
    });
  }

  return {
    async read(wanted) {
      if (wanted !== undefined && older) return older.read(wanted);
      return answerOf(async () => ({ ok: true, keys: [await makeKey()] }));
    },
    transit: {
      unwrap: (id, wrapped) =>
        answerOf(async () => {
          const answer = await post('decrypt', { ciphertext: wrapped }).catch(noneOpens);
          const { plaintext } = fieldsOf(fieldsOf(answer).data);
          const key = Buffer.from(typeof plaintext === 'string' ? plaintext : '', 'base64');
          return { ok: true, keys: key.length === KEY_BYTES ? [{ id, key, wrapped }] : [] };
        }),
      rewrap: (wrapped) => answerOf(async () => ({ ok: true, keys: await rewrapAll(wrapped) })),
    },
    close() {
      client.close();
      older?.close();
    },
  };
}

/** What Vault did not wrap, or wraps no more, is answered with 400. */
const noneOpens = (error: unknown): undefined => {
  if (error instanceof VaultAway && error.status === 400) return undefined;
  throw error;
};

const answerOf = async <T>(work: () => Promise<T>): Promise<T | { ok: false; because: KeysAway }> => {
  try {
    return await work();
  } catch (error) {
    if (error instanceof VaultAway) return { ok: false, because: error.because };
    throw error;
  }
};
