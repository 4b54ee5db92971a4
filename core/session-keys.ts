import { Refused } from './refusals.ts';

/**
 * A key of account sessions: 32 bytes and the name under which rows remember them. With `wrapped` it is for one session
 * alone, and this is how Vault gives it back: it is kept in the session's envelope.
 */
export type SealKey = { id: string; key: Uint8Array; wrapped?: string };

/** Newest first: the newest seals, every one opens. */
export type SealKeys = readonly [SealKey, ...SealKey[]];

export const KEYS_AWAY = ['sealed', 'unreachable', 'denied', 'no_key'] as const;

/** Why there are no keys at the moment: all of it may be over at the next try. */
export type KeysAway = (typeof KEYS_AWAY)[number];

export type KeysAnswer = { ok: true; keys: SealKeys } | { ok: false; because: KeysAway };

/** `ok` without a key: Vault works, and does not open this one. */
export type UnwrapAnswer = { ok: true; keys: readonly SealKey[] } | { ok: false; because: KeysAway };

/** Each as it is wrapped now; undefined for one that Vault does not open. */
export type RewrapAnswer =
  | { ok: true; keys: (Pick<Required<SealKey>, 'id' | 'wrapped'> | undefined)[] }
  | { ok: false; because: KeysAway };

/** Where the keys come from: the environment, a file or a Vault. */
export type KeySource = {
  /** Never throws. Looks again where keys come from when the one called `wanted` is not known yet. */
  read(wanted?: string): Promise<KeysAnswer>;
  /** Where Vault wraps the key of each session: opens one, and wraps many with its newest key. Neither throws. */
  transit?: {
    unwrap(id: string, wrapped: string): Promise<UnwrapAnswer>;
    rewrap(wrapped: readonly string[]): Promise<RewrapAnswer>;
  };
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
