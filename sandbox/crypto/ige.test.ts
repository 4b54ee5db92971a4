import { createCipheriv, createDecipheriv } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { xor } from './bytes.ts';
import { igeDecrypt, igeEncrypt } from './ige.ts';

const bytes = (size: number) =>
  fc.uint8Array({ minLength: size, maxLength: size }).map((array) => Buffer.from(array));
const blocks = fc.integer({ min: 1, max: 40 }).chain((count) => bytes(count * 16));

/** IGE as its definition reads: c = E(p ^ previous c) ^ previous p, block by block. */
function plainIge(
  input: Buffer,
  iv: Buffer,
  direction: 'encrypt' | 'decrypt',
  apply: (block: Buffer) => Buffer,
) {
  let [previousOut, previousIn] = [iv.subarray(0, 16), iv.subarray(16)];
  if (direction === 'decrypt') [previousOut, previousIn] = [previousIn, previousOut];
  const output: Buffer[] = [];
  for (let start = 0; start < input.length; start += 16) {
    const block = input.subarray(start, start + 16);
    previousOut = xor(apply(xor(block, previousOut)), previousIn);
    previousIn = block;
    output.push(previousOut);
  }
  return Buffer.concat(output);
}

test('both directions agree with the definition block by block', () => {
  fc.assert(
    fc.property(blocks, bytes(32), bytes(32), (plain, key, iv) => {
      const encryptor = createCipheriv('aes-256-ecb', key, null).setAutoPadding(false);
      const decryptor = createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false);
      const cipher = igeEncrypt(plain, key, iv);
      expect(cipher).toEqual(plainIge(plain, iv, 'encrypt', (block) => encryptor.update(block)));
      expect(igeDecrypt(cipher, key, iv)).toEqual(plain);
      expect(igeDecrypt(plain, key, iv)).toEqual(
        plainIge(plain, iv, 'decrypt', (block) => decryptor.update(block)),
      );
    }),
  );
});

test('neither direction changes its input', () => {
  const plain = Buffer.alloc(64, 1);
  const cipher = igeEncrypt(plain, Buffer.alloc(32, 2), Buffer.alloc(32, 3));
  const copy = Buffer.from(cipher);
  igeDecrypt(cipher, Buffer.alloc(32, 2), Buffer.alloc(32, 3));
  expect([plain, cipher]).toEqual([Buffer.alloc(64, 1), copy]);
});
