import { createCipheriv, createDecipheriv } from 'node:crypto';

const blockBytes = 16;

/**
 * AES-256-IGE encryption of whole blocks, as one native CBC pass. IGE is cᵢ = E(pᵢ ⊕ cᵢ₋₁) ⊕ pᵢ₋₁; with
 * c′ᵢ = cᵢ ⊕ pᵢ₋₁ that is CBC over pᵢ ⊕ pᵢ₋₂. The `iv` holds c₋₁ and then p₋₁.
 */
export function igeEncrypt(plain: Buffer, key: Buffer, iv: Buffer): Buffer {
  const cipherIv = iv.subarray(0, blockBytes);
  const plainIv = iv.subarray(blockBytes, 2 * blockBytes);
  const shiftedOnce = Buffer.concat([plainIv, plain.subarray(0, -blockBytes)]);
  const shiftedTwice = Buffer.concat([Buffer.alloc(blockBytes), shiftedOnce.subarray(0, -blockBytes)]);
  const cbc = createCipheriv('aes-256-cbc', key, cipherIv).setAutoPadding(false);
  return xorInPlace(cbc.update(xorInPlace(shiftedTwice, plain)), shiftedOnce);
}

/** AES-256-IGE decryption: pᵢ = D(cᵢ ⊕ pᵢ₋₁) ⊕ cᵢ₋₁. Each block needs the one before, so one native call per block. */
export function igeDecrypt(cipher: Buffer, key: Buffer, iv: Buffer): Buffer {
  const ecb = createDecipheriv('aes-256-ecb', key, null).setAutoPadding(false);
  const plain = Buffer.allocUnsafe(cipher.length);
  let previousCipher = iv.subarray(0, blockBytes);
  let previousPlain = iv.subarray(blockBytes, 2 * blockBytes);
  for (let start = 0; start < cipher.length; start += blockBytes) {
    const block = Buffer.from(cipher.subarray(start, start + blockBytes));
    const opened = xorInPlace(ecb.update(xorInPlace(block, previousPlain)), previousCipher);
    plain.set(opened, start);
    previousCipher = cipher.subarray(start, start + blockBytes);
    previousPlain = opened;
  }
  return plain;
}

function xorInPlace(target: Buffer, mask: Buffer): Buffer {
  for (let index = 0; index < target.length; index++)
    target[index] = (target[index] ?? 0) ^ (mask[index] ?? 0);
  return target;
}
