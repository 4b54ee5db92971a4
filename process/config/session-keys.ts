import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { fixedKeys, type KeySource, type SealKeys } from '#core/session-keys.ts';
import { ConfigFaults } from './read-variables.ts';
import { openVault, type VaultAccess } from './vault.ts';
import { openVaultClient } from './vault-client.ts';
import { openTransit } from './vault-transit.ts';

export type KeySettings = {
  /** Newest first; empty when they come from elsewhere. */
  keys: readonly Buffer[];
  file: string | undefined;
  vault: VaultAccess | undefined;
  /** The API path of a key of Vault's transit engine, which then wraps the key of each session. */
  transitKey?: string | undefined;
};

/** The one door to the keys of account sessions. Throws ConfigFaults when a file cannot be used as it is. */
export function openKeySource({ keys, file, vault, transitKey }: KeySettings): KeySource {
  if (vault && transitKey !== undefined) {
    const client = openVaultClient(vault);
    return openTransit(
      client,
      transitKey,
      keys.length > 0
        ? fixedKeys(...mustHold(keys, 'OLD_SESSION_KEYS'))
        : openVault(vault, parseKeys, client),
    );
  }
  if (vault) return openVault(vault, parseKeys);
  if (file !== undefined) return openKeyFile(file);
  return fixedKeys(...mustHold(keys, 'SESSION_KEY'));
}

/** Reads the file at once, and again when a key is wanted that it did not hold: keys change without a restart. */
function openKeyFile(path: string): KeySource {
  let keys = readKeyFile(path);
  return {
    async read(wanted) {
      if (wanted === undefined || keys.some(({ id }) => id === wanted)) return { ok: true, keys };
      try {
        keys = readKeyFile(path);
      } catch (error) {
        if (!(error instanceof ConfigFaults)) throw error;
        return { ok: false, because: 'no_key' };
      }
      return { ok: true, keys };
    },
    close: () => {},
  };
}

/** One key a line, the newest first. Whoever else may read it could open every session, so that is refused. */
function readKeyFile(path: string): SealKeys {
  const refuse = (fault: string): never => {
    throw new ConfigFaults([`SESSION_KEY_FILE ${fault}`]);
  };
  try {
    const othersMay = statSync(path).mode & 0o077;
    if (othersMay !== 0) refuse(`may be read by others than its owner: run chmod 600 ${path}`);
    return parseKeys(readFileSync(path, 'utf8')) ?? refuse('must hold one key a line: 32 bytes in base64');
  } catch (error) {
    if (error instanceof ConfigFaults) throw error;
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'error';
    return refuse(`cannot be read (${code}): ${path}`);
  }
}

/** Keys in base64, one a line or with commas between; lines that begin with # are remarks. */
function parseKeys(text: string): SealKeys | undefined {
  const lines = text.split('\n').filter((line) => !line.trimStart().startsWith('#'));
  const parts = lines.flatMap((line) => line.split(',')).map((part) => part.trim());
  const keys = parts.filter((part) => part !== '').map((part) => Buffer.from(part, 'base64'));
  return keys.length > 0 && keys.every(({ length }) => length === 32) ? mustHold(keys, 'keys') : undefined;
}

function mustHold(keys: readonly Buffer[], what: string): SealKeys {
  const [newest, ...older] = keys.map((key) => ({ id: keyId(key), key }));
  if (!newest) throw new Error(`${what} must hold a key`);
  return [newest, ...older];
}

/** Tells one key from another without telling the key. */
const keyId = (key: Buffer): string => createHash('sha256').update(key).digest('hex').slice(0, 12);
