import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encryptRsaPad, encryptSha1 } from '#sandbox/testing/rsa-pad.ts';
import { toBytes } from './bytes.ts';
import { createRsaKey } from './rsa.ts';

const rsa = createRsaKey();
const data = fc.uint8Array({ minLength: 1, maxLength: 144 }).map((array) => Buffer.from(array));

test.each([
  ['RSA_PAD', encryptRsaPad],
  ['the older sha1 scheme', encryptSha1],
])('data encrypted with %s comes back, padding after it', (_, encrypt) => {
  fc.assert(
    fc.property(data, (plain) => {
      expect(rsa.decrypt(encrypt(rsa, plain))?.subarray(0, plain.length)).toEqual(plain);
    }),
    { numRuns: 20 },
  );
});

test('what was not encrypted to the key is refused', () => {
  const other = createRsaKey();
  expect(rsa.decrypt(toBytes(rsa.modulus, 256))).toBeUndefined();
  expect(rsa.decrypt(randomBytes(257))).toBeUndefined();
  const plain = Buffer.from('for the other');
  const misread = rsa.decrypt(encryptRsaPad(other, plain));
  expect(misread?.subarray(0, plain.length)).not.toEqual(plain);
});

test('the fingerprint has no leading zero digit, which mtcute would drop', () => {
  expect(BigInt.asUintN(64, rsa.fingerprint).toString(16)).toHaveLength(16);
});
