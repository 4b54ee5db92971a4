import { type Cipher, createCipheriv } from 'node:crypto';
import {
  createAbridgedFraming,
  createFullFraming,
  createIntermediateFraming,
  type Framing,
} from './framing.ts';

/** Both directions of transport obfuscation: AES-256-CTR with keys from the client's first 64 bytes. */
export type Obfuscation = { decrypt(bytes: Buffer): Buffer; encrypt(bytes: Buffer): Buffer };

export type Detected = {
  framing: Framing;
  /** How many bytes announced the framing. */
  takenBytes: number;
  obfuscation: Obfuscation | undefined;
};

const intermediateTag = 0xeeeeeeee;
const paddedTag = 0xdddddddd;
const abridgedTag = 0xefefefef;
const obfuscatedHeadBytes = 64;

/** Tells the transport from a connection's first bytes; undefined when more must arrive, throws on an unknown one. */
export function detectFraming(bytes: Buffer): Detected | undefined {
  if (bytes.length === 0) return undefined;
  if (bytes[0] === 0xef) return plain(createAbridgedFraming(), 1);
  if (bytes.length < 4) return undefined;
  const tag = bytes.readUInt32LE(0);
  if (tag === intermediateTag || tag === paddedTag)
    return plain(createIntermediateFraming(tag === paddedTag), 4);
  if (bytes.length < 8) return undefined;
  // A full packet's counter starts at zero; an obfuscated header never has zeros there.
  if (bytes.readUInt32LE(4) === 0) return plain(createFullFraming(), 0);
  return bytes.length < obfuscatedHeadBytes
    ? undefined
    : openObfuscated(bytes.subarray(0, obfuscatedHeadBytes));
}

function openObfuscated(header: Buffer): Detected {
  const reversed = Buffer.from(header.subarray(8, 56)).reverse();
  const decryptor = createCtr(header.subarray(8, 40), header.subarray(40, 56));
  const encryptor = createCtr(reversed.subarray(0, 32), reversed.subarray(32, 48));
  const opened = decryptor.update(header);
  return {
    framing: createTaggedFraming(opened.readUInt32LE(56)),
    takenBytes: obfuscatedHeadBytes,
    obfuscation: { decrypt: (bytes) => decryptor.update(bytes), encrypt: (bytes) => encryptor.update(bytes) },
  };
}

function createTaggedFraming(tag: number): Framing {
  if (tag === abridgedTag) return createAbridgedFraming();
  if (tag === intermediateTag || tag === paddedTag) return createIntermediateFraming(tag === paddedTag);
  throw new Error('unknown transport');
}

function createCtr(key: Buffer, iv: Buffer): Cipher {
  return createCipheriv('aes-256-ctr', key, iv);
}

function plain(framing: Framing, takenBytes: number): Detected {
  return { framing, takenBytes, obfuscation: undefined };
}
