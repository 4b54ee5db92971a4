import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Secret } from '#core/secret.ts';
import { SealBroken } from './seal.ts';
import { createBoxKeys, openBox, sealTo } from './sealed-box.ts';

const keys = createBoxKeys();
const secret = new Secret('пароль 12345');

it('opens for its keys and its place, and never looks the same twice', () => {
  const [first, second] = [sealTo(keys.publicKey, 'a|1', secret), sealTo(keys.publicKey, 'a|1', secret)];
  expect(openBox(keys, 'a|1', first).reveal()).toBe('пароль 12345');
  expect(first).not.toEqual(second);
  expect(first.includes('12345')).toBe(false);
});

it('has the same keys for the same seed', () => {
  const seed = randomBytes(32);
  const sealed = sealTo(createBoxKeys(seed).publicKey, 'a', secret);
  expect(openBox(createBoxKeys(seed), 'a', sealed).reveal()).toBe(secret.reveal());
});

it('does not open with other keys, in another place, cut or changed', () => {
  const sealed = sealTo(keys.publicKey, 'a|1', secret);
  expect(() => openBox(createBoxKeys(), 'a|1', sealed)).toThrow(SealBroken);
  expect(() => openBox(keys, 'a|2', sealed)).toThrow(SealBroken);
  fc.assert(
    fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (at, change) => {
      const tampered = Buffer.from(sealed);
      tampered[at] = (tampered[at] ?? 0) ^ change;
      expect(() => openBox(keys, 'a|1', tampered)).toThrow(SealBroken);
    }),
    { numRuns: 2000 },
  );
  for (let length = 0; length < sealed.length; length += 1)
    expect(() => openBox(keys, 'a|1', sealed.subarray(0, length))).toThrow(SealBroken);
});
