import { constants, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';
import { toBigInt, xor } from '#sandbox/crypto/bytes.ts';
import { sha1, sha256 } from '#sandbox/crypto/digest.ts';
import { igeEncrypt } from '#sandbox/crypto/ige.ts';
import type { RsaKey } from '#sandbox/crypto/rsa.ts';

/** Encrypts at most 144 bytes to the server as clients do today: RSA_PAD of https://core.telegram.org/mtproto/auth_key. */
export function encryptRsaPad(rsa: RsaKey, data: Buffer): Buffer {
  const padded = Buffer.concat([data, randomBytes(192 - data.length)]);
  const key = randomBytes(32);
  const reversedWithHash = Buffer.concat([Buffer.from(padded).reverse(), sha256(key, padded)]);
  const sealed = igeEncrypt(reversedWithHash, key, Buffer.alloc(32));
  const block = Buffer.concat([xor(key, sha256(sealed)), sealed]);
  return toBigInt(block) < rsa.modulus ? encryptBlock(rsa, block) : encryptRsaPad(rsa, data);
}

/** Encrypts at most 235 bytes as clients did before RSA_PAD. */
export function encryptSha1(rsa: RsaKey, data: Buffer): Buffer {
  return encryptBlock(
    rsa,
    Buffer.concat([Buffer.alloc(1), sha1(data), data, randomBytes(235 - data.length)]),
  );
}

function encryptBlock(rsa: RsaKey, block: Buffer): Buffer {
  return publicEncrypt({ key: createPublicKey(rsa.publicPem), padding: constants.RSA_NO_PADDING }, block);
}
