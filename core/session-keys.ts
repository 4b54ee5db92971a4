import { Refused } from './refusals.ts';

/** A key-encryption key of account sessions: 32 bytes and the name under which rows remember them. */
export type SealKey = { id: string; key: Uint8Array };

/** Newest first: the newest seals, every one opens. */
export type SealKeys = readonly [SealKey, ...SealKey[]];

export const KEYS_AWAY = ['sealed', 'unreachable', 'denied', 'no_key'] as const;

/** Why there are no keys at the moment: all of it may be over at the next try. */
export type KeysAway = (typeof KEYS_AWAY)[number];

export type KeysAnswer = { ok: true; keys: SealKeys } | { ok: false; because: KeysAway };

/** Where the keys come from: the environment, a file or a Vault. */
export type KeySource = {
  /** Never throws. Looks again where keys come from when the one called `wanted` is not known yet. */
  read(wanted?: string): Promise<KeysAnswer>;
  close(): void;
};

/** Keys that are given once and for all. */
export const fixedKeys = (...keys: SealKeys): KeySource => ({
  read: async () => ({ ok: true, keys }),
  close: () => {},
});

/** The key that seals now. Refuses with the reason why there is none. */
export const newestKey = async (source: KeySource): Promise<SealKey> => {
  const answer = await source.read();
  if (!answer.ok) throw new Refused(`session_keys.${answer.because}`);
  return answer.keys[0];
};
