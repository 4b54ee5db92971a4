import type { KeySource, SealKey, UnwrapAnswer } from '#core/session-keys.ts';
import {
  exchangeWrappedKey,
  KeyMissing,
  rewrapSession,
  SealBroken,
  type Sealed,
  type SessionOwner,
  wrappedKeyOf,
} from './seal.ts';

/** What may open a sealed session, from wherever its key is kept. Throws `SealBroken`. */
export const keysOf = async (source: KeySource, sealed: Sealed): Promise<UnwrapAnswer> => {
  const wrapped = wrappedKeyOf(sealed);
  if (wrapped === undefined) return source.read(sealed.keyId);
  return (await source.transit?.unwrap(sealed.keyId, wrapped)) ?? { ok: true, keys: [] };
};

export type OwnedSeal = { owner: SessionOwner; sealed: Sealed };

/** The same sessions under the newest key, each in its place; undefined for those that cannot be opened. */
export type Rewrap = (sessions: readonly OwnedSeal[]) => Promise<(Sealed | undefined)[]>;

/** With keys that are at hand. */
export const rewrapWith =
  (keys: readonly [SealKey, ...SealKey[]]): Rewrap =>
  async (sessions) =>
    sessions.map(({ owner, sealed }) => unlessUnopenable(() => rewrapSession(keys, keys[0], owner, sealed)));

/**
 * With Vault: what it wraps already it wraps anew, many in one call; every other session gets a key of its own from it.
 * Throws `KeysGone` when Vault goes away meanwhile.
 */
export const rewrapThrough =
  (source: KeySource): Rewrap =>
  async (sessions) => {
    const wrapped = sessions.map(({ sealed }) => unlessUnopenable(() => wrappedKeyOf(sealed)));
    const known = wrapped.filter((text) => text !== undefined);
    const answer = known.length > 0 ? await source.transit?.rewrap(known) : undefined;
    if (answer && !answer.ok) throw new KeysGone(answer.because);
    const renewed = new Map(known.map((text, index) => [text, answer?.keys[index]]));
    return Promise.all(
      sessions.map(async (session, index) => {
        const before = wrapped[index];
        if (before === undefined) return sealAnew(source, session);
        const now = renewed.get(before);
        return now && exchangeWrappedKey(session.sealed, now);
      }),
    );
  };

/** Vault, or wherever the keys are, went away in the middle. */
export class KeysGone extends Error {
  readonly because: Extract<UnwrapAnswer, { ok: false }>['because'];
  constructor(because: KeysGone['because']) {
    super(`the session keys are away: ${because}`);
    this.name = 'KeysGone';
    this.because = because;
  }
}

const sealAnew = async (source: KeySource, { owner, sealed }: OwnedSeal): Promise<Sealed | undefined> => {
  const [old, fresh] = [await source.read(sealed.keyId), await source.read()];
  if (!old.ok) throw new KeysGone(old.because);
  if (!fresh.ok) throw new KeysGone(fresh.because);
  return unlessUnopenable(() => rewrapSession(old.keys, fresh.keys[0], owner, sealed));
};

const unlessUnopenable = <T>(work: () => T): T | undefined => {
  try {
    return work();
  } catch (error) {
    if (error instanceof KeyMissing || error instanceof SealBroken) return undefined;
    throw error;
  }
};
