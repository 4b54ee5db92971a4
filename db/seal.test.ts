import { createCipheriv, randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Secret } from '#core/secret.ts';
import type { SealKey } from '#core/session-keys.ts';
import {
  exchangeWrappedKey,
  KeyMissing,
  openSession,
  rewrapSession,
  SealBroken,
  type Sealed,
  type SessionOwner,
  sealSession,
  wrappedKeyOf,
} from './seal.ts';

const key = { id: 'k1', key: randomBytes(32) };
const newest = { id: 'k2', key: randomBytes(32) };
/** As Vault gives it for one session. */
const fromVault = { id: 'kv', key: randomBytes(32), wrapped: 'vault:v1:abc' };
const owner: SessionOwner = { workspaceId: randomUUID(), accountId: randomUUID() };
const session = new Secret('1AgAOMTQ5LjE1NC4xNjcuNDE');
const opens = (sealed: Sealed, keys: SealKey[] = [key, fromVault], as = owner): boolean => {
  try {
    openSession(keys, as, sealed);
    return true;
  } catch (error) {
    if (!(error instanceof SealBroken || error instanceof KeyMissing)) throw error;
    return false;
  }
};

/** As the first version of the product sealed. */
const sealFirst = (text: string): Sealed => {
  const iv = randomBytes(12);
  const cipher = createCipheriv('aes-256-gcm', key.key, iv, { authTagLength: 16 });
  cipher.setAAD(Buffer.from(['account_session', owner.workspaceId, owner.accountId, 1, key.id].join('|')));
  const ciphertext = Buffer.concat([cipher.update(text), cipher.final()]);
  return { bytes: Buffer.concat([Buffer.of(1), iv, cipher.getAuthTag(), ciphertext]), keyId: key.id };
};

test('what was sealed opens as it was', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(openSession([key], owner, sealSession(key, owner, new Secret(text))).reveal()).toBe(text);
    }),
  );
});

test('the same session never seals to the same bytes, and they do not hold it', () => {
  const [first, second] = [sealSession(key, owner, session), sealSession(key, owner, session)];
  expect(first.bytes.equals(second.bytes)).toBe(false);
  expect(first.bytes.includes(session.reveal())).toBe(false);
});

test('wrapped anew it opens with the newest key alone, and its content has not changed', () => {
  const sealed = sealSession(key, owner, session);
  const rewrapped = rewrapSession([key], newest, owner, sealed);
  expect(rewrapped.keyId).toBe('k2');
  expect(openSession([newest], owner, rewrapped).reveal()).toBe(session.reveal());
  expect(opens(rewrapped, [key])).toBe(false);
  const content = sealed.bytes.subarray(-session.reveal().length);
  expect(rewrapped.bytes.subarray(-session.reveal().length).equals(content)).toBe(true);
});

test('a session that was sealed before envelopes opens, and is in one when it was wrapped anew', () => {
  const sealed = sealFirst(session.reveal());
  expect(openSession([key], owner, sealed).reveal()).toBe(session.reveal());
  const rewrapped = rewrapSession([key], newest, owner, sealed);
  expect(rewrapped.bytes[0]).toBe(2);
  expect(openSession([newest], owner, rewrapped).reveal()).toBe(session.reveal());
});

test('a key that Vault wraps is kept in the envelope, and is exchanged for how Vault wraps it now', () => {
  const sealed = rewrapSession([key], fromVault, owner, sealSession(key, owner, session));
  expect([sealed.keyId, wrappedKeyOf(sealed)]).toEqual(['kv', 'vault:v1:abc']);
  expect(openSession([fromVault], owner, sealed).reveal()).toBe(session.reveal());
  const now = { id: 'kv2', wrapped: 'vault:v2:longer than before' };
  const exchanged = exchangeWrappedKey(sealed, now);
  expect(openSession([{ ...fromVault, ...now }], owner, exchanged).reveal()).toBe(session.reveal());
  expect(opens(exchanged)).toBe(false);
  expect(wrappedKeyOf(sealSession(key, owner, session))).toBeUndefined();
});

test('a seal that is broken or whose key is not here is never wrapped anew', () => {
  const sealed = sealSession(key, owner, session);
  const bytes = Buffer.from(sealed.bytes);
  bytes[bytes.length - 1]! ^= 1;
  expect(() => rewrapSession([key], newest, owner, { ...sealed, bytes })).toThrow(SealBroken);
  expect(() => rewrapSession([newest], newest, owner, sealed)).toThrow(KeyMissing);
});

/** Every kind of tampering on its own, five kinds together 110,000 times. */
const perKind = 22_000;
const kinds: Record<string, (sealed: Sealed, roll: (below: number) => number) => boolean> = {
  'a changed bit': (sealed, roll) => {
    const bytes = Buffer.from(sealed.bytes);
    bytes[roll(bytes.length)]! ^= 1 << roll(8);
    return opens({ ...sealed, bytes });
  },
  'bytes cut off, or grown': (sealed, roll) => {
    const length = roll(sealed.bytes.length);
    const bytes = roll(2) === 0 ? sealed.bytes.subarray(0, length) : withTail(sealed.bytes, 1 + roll(64));
    return opens({ ...sealed, bytes });
  },
  'parts of two envelopes': (sealed, roll) => {
    const other = sealSession(key, owner, session);
    const at = 13 + roll(sealed.bytes.length - 2 * 13);
    return opens({
      ...sealed,
      bytes: Buffer.concat([sealed.bytes.subarray(0, at), other.bytes.subarray(at)]),
    });
  },
  'another account or workspace': (sealed, roll) => {
    const moved = roll(2) === 0 ? { accountId: randomUUID() } : { workspaceId: randomUUID() };
    return opens(sealed, [key, fromVault], { ...owner, ...moved });
  },
  'another key, or another name of it': (sealed, roll) => {
    if (roll(2) === 0) return opens(sealed, [{ id: 'k1', key: randomBytes(32) }]);
    return opens({ ...sealed, keyId: 'k2' }, [{ id: 'k2', key: roll(2) === 0 ? key.key : newest.key }]);
  },
};

const withTail = (bytes: Buffer, length: number) => Buffer.concat([bytes, randomBytes(length)]);

/** From a seed, so that a failure can be repeated. */
const createRoll = (seed: number) => {
  let state = seed;
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
};

test.each(Object.entries(kinds))(`none of ${perKind} opens after %s`, (_, opensAfter) => {
  const roll = createRoll(7);
  let opened = 0;
  for (let n = 0; n < perKind; n += 1) {
    const sealed =
      n % 100 === 0
        ? sealFirst(session.reveal())
        : sealSession(n % 3 === 0 ? fromVault : key, owner, session);
    if (opensAfter(sealed, roll)) opened += 1;
  }
  expect(opened).toBe(0);
});
