import { constants, createPublicKey, generateKeyPairSync, privateDecrypt } from 'node:crypto';
import { Writer } from '#sandbox/tl/writer.ts';
import { padLeft, toBigInt, xor } from './bytes.ts';
import { sha1, sha256 } from './digest.ts';
import { igeDecrypt } from './ige.ts';

const modulusBytes = 256;

/** The server's key: clients must be told to trust it, and encrypt the first step of the key exchange to it. */
export type RsaKey = {
  /** Signed, as TL carries it. */
  readonly fingerprint: bigint;
  readonly modulus: bigint;
  readonly exponent: number;
  /** PKCS#1. */
  readonly publicPem: string;
  /** The data a client encrypted, padding after it, or undefined when it was not encrypted to this key. */
  decrypt(encrypted: Buffer): Buffer | undefined;
};

/** Makes a new key. About 0.2 s. */
export function createRsaKey(): RsaKey {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: modulusBytes * 8 });
  const publicKey = createPublicKey(privateKey);
  const jwk = publicKey.export({ format: 'jwk' });
  const modulus = Buffer.from(jwk.n ?? '', 'base64url');
  const exponent = Buffer.from(jwk.e ?? '', 'base64url');
  const fingerprint = computeFingerprint(modulus, exponent);
  // mtcute compares fingerprints as hex without leading zeros.
  if (BigInt.asUintN(64, fingerprint) >> 60n === 0n) return createRsaKey();
  return {
    fingerprint,
    modulus: toBigInt(modulus),
    exponent: Number(toBigInt(exponent)),
    publicPem: publicKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
    decrypt(encrypted) {
      if (encrypted.length > modulusBytes || toBigInt(encrypted) >= toBigInt(modulus)) return undefined;
      const opened = privateDecrypt(
        { key: privateKey, padding: constants.RSA_NO_PADDING },
        padLeft(encrypted, modulusBytes),
      );
      return openRsaPad(opened) ?? openSha1(opened);
    },
  };
}

/** Telegram: the low 64 bits of SHA1 over the modulus and exponent as TL bytes. */
function computeFingerprint(modulus: Buffer, exponent: Buffer): bigint {
  const writer = new Writer();
  writer.bytes(modulus);
  writer.bytes(exponent);
  return sha1(writer.finish()).readBigInt64LE(12);
}

/** RSA_PAD: a key hidden by the hash of what it encrypts, then reversed data and its hash. */
function openRsaPad(opened: Buffer): Buffer | undefined {
  const sealed = opened.subarray(32);
  const key = xor(opened.subarray(0, 32), sha256(sealed));
  const dataWithHash = igeDecrypt(sealed, key, Buffer.alloc(32));
  const data = Buffer.from(dataWithHash.subarray(0, 192)).reverse();
  return sha256(key, data).equals(dataWithHash.subarray(192)) ? data : undefined;
}

/** The scheme before RSA_PAD: SHA1 of the data, the data, padding. The data's length is only in its TL. */
function openSha1(opened: Buffer): Buffer | undefined {
  return opened[0] === 0 ? opened.subarray(21) : undefined;
}
