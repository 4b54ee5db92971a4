import { randomBytes } from 'node:crypto';
import { sha256 } from './digest.ts';
import { igeDecrypt, igeEncrypt } from './ige.ts';

/** Who wrote a message: the two directions use different parts of the auth key. */
export type Side = 'client' | 'server';

const headBytes = 24;
const leastPadding = 12;

/** Pads and encrypts an MTProto 2.0 message: auth key id, message key, AES-256-IGE data. */
export function sealMessage(authKeyId: Buffer, authKey: Buffer, plain: Buffer, side: Side): Buffer {
  const unaligned = (plain.length + leastPadding) % 16;
  const padded = Buffer.concat([plain, randomBytes(leastPadding + (unaligned === 0 ? 0 : 16 - unaligned))]);
  const messageKey = computeMessageKey(authKey, padded, side);
  const { key, iv } = deriveKey(authKey, messageKey, side);
  return Buffer.concat([authKeyId, messageKey, igeEncrypt(padded, key, iv)]);
}

/** Decrypts a packet written by `side`; undefined when it was not made with this auth key. */
export function openMessage(authKey: Buffer, packet: Buffer, side: Side): Buffer | undefined {
  const sealed = packet.subarray(headBytes, packet.length - ((packet.length - headBytes) % 16));
  const messageKey = packet.subarray(8, headBytes);
  const { key, iv } = deriveKey(authKey, messageKey, side);
  const padded = igeDecrypt(sealed, key, iv);
  return computeMessageKey(authKey, padded, side).equals(messageKey) ? padded : undefined;
}

function computeMessageKey(authKey: Buffer, padded: Buffer, side: Side): Buffer {
  const start = side === 'client' ? 88 : 96;
  return sha256(authKey.subarray(start, start + 32), padded).subarray(8, 24);
}

function deriveKey(authKey: Buffer, messageKey: Buffer, side: Side): { key: Buffer; iv: Buffer } {
  const start = side === 'client' ? 0 : 8;
  const a = sha256(messageKey, authKey.subarray(start, start + 36));
  const b = sha256(authKey.subarray(40 + start, 76 + start), messageKey);
  return {
    key: Buffer.concat([a.subarray(0, 8), b.subarray(8, 24), a.subarray(24, 32)]),
    iv: Buffer.concat([b.subarray(0, 8), a.subarray(8, 24), b.subarray(24, 32)]),
  };
}
