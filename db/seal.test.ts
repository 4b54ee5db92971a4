import { randomBytes, randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Secret } from '#core/secret.ts';
import { openSession, SealBroken, type Sealed, type SessionOwner, sealSession } from './seal.ts';

const key = { id: 'k1', key: randomBytes(32) };
const owner: SessionOwner = { workspaceId: randomUUID(), accountId: randomUUID() };
const session = new Secret('1AgAOMTQ5LjE1NC4xNjcuNDE');
const opens = (sealed: Sealed, keys = [key], as = owner): boolean => {
  try {
    openSession(keys, as, sealed);
    return true;
  } catch (error) {
    expect(error).toBeInstanceOf(SealBroken);
    return false;
  }
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

test('changed in any bit, cut or grown it never opens', () => {
  const sealed = sealSession(key, owner, session);
  const last = sealed.bytes.length * 8 - 1;
  fc.assert(
    fc.property(fc.integer({ min: 0, max: last }), (bit) => {
      const bytes = Buffer.from(sealed.bytes);
      bytes[bit >> 3]! ^= 1 << (bit & 7);
      expect(opens({ ...sealed, bytes })).toBe(false);
    }),
    { numRuns: 2000 },
  );
  for (let length = 0; length < sealed.bytes.length; length += 1) {
    expect(opens({ ...sealed, bytes: sealed.bytes.subarray(0, length) })).toBe(false);
  }
  expect(opens({ ...sealed, bytes: Buffer.concat([sealed.bytes, Buffer.of(0)]) })).toBe(false);
});

test('moved to another account, workspace or key it never opens', () => {
  const sealed = sealSession(key, owner, session);
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      expect(opens(sealed, [key], { ...owner, accountId: id })).toBe(false);
      expect(opens(sealed, [key], { ...owner, workspaceId: id })).toBe(false);
    }),
  );
  expect(opens(sealed, [{ id: 'k1', key: randomBytes(32) }])).toBe(false);
  expect(opens(sealed, [{ id: 'k2', key: key.key }])).toBe(false);
  expect(opens({ ...sealed, keyId: 'k2' }, [{ id: 'k2', key: key.key }])).toBe(false);
});
