import {
  createCipheriv,
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto';
import { Secret } from '#core/secret.ts';
import { SealBroken } from './seal.ts';

/** Opens what was sealed to `publicKey`: 32 bytes, X25519. */
export type BoxKeys = { publicKey: Buffer; privateKey: KeyObject };

const version = 1;
const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;
const headBytes = 1 + keyBytes + ivBytes + tagBytes;
/** What stands before the 32 bytes of an X25519 key in DER (RFC 8410). */
const privatePrefix = Buffer.from('302e020100300506032b656e04220420', 'hex');
const publicPrefix = Buffer.from('302a300506032b656e032100', 'hex');

/** Keys of a seed of 32 random bytes; the same for the same seed. */
export const createBoxKeys = (seed: Buffer = randomBytes(keyBytes)): BoxKeys => {
  const der = Buffer.concat([privatePrefix, seed]);
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
  return { publicKey: rawOf(createPublicKey(privateKey)), privateKey };
};

/**
 * Seals to a public key: X25519 with a key of its own, HKDF-SHA256, AES-256-GCM. `about` names the row and the moment:
 * moved elsewhere it does not open. Layout: version, public key, nonce, tag, ciphertext.
 */
export const sealTo = (publicKey: Buffer, about: string, secret: Secret): Buffer => {
  const own = createBoxKeys();
  const iv = randomBytes(ivBytes);
  const key = sharedKey(own.privateKey, publicKey, own.publicKey, publicKey);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
  cipher.setAAD(associatedData(about));
  const ciphertext = Buffer.concat([cipher.update(secret.reveal(), 'utf8'), cipher.final()]);
  return Buffer.concat([Buffer.of(version), own.publicKey, iv, cipher.getAuthTag(), ciphertext]);
};

/** Throws `SealBroken` unless every bit is as it was sealed, for these keys and this `about`. */
export const openBox = (keys: BoxKeys, about: string, sealed: Buffer): Secret => {
  if (sealed[0] !== version || sealed.length < headBytes) throw new SealBroken();
  const theirs = sealed.subarray(1, 1 + keyBytes);
  const iv = sealed.subarray(1 + keyBytes, 1 + keyBytes + ivBytes);
  try {
    const key = sharedKey(keys.privateKey, theirs, theirs, keys.publicKey);
    const decipher = createDecipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
    decipher.setAAD(associatedData(about)).setAuthTag(sealed.subarray(headBytes - tagBytes, headBytes));
    return new Secret(
      Buffer.concat([decipher.update(sealed.subarray(headBytes)), decipher.final()]).toString('utf8'),
    );
  } catch {
    throw new SealBroken();
  }
};

const sharedKey = (own: KeyObject, theirs: Buffer, sender: Buffer, receiver: Buffer): Buffer => {
  const publicKey = createPublicKey({
    key: Buffer.concat([publicPrefix, theirs]),
    format: 'der',
    type: 'spki',
  });
  const shared = diffieHellman({ privateKey: own, publicKey });
  return Buffer.from(hkdfSync('sha256', shared, Buffer.concat([sender, receiver]), 'usher sealed box', 32));
};

const associatedData = (about: string): Buffer => Buffer.from(`${version}|${about}`);

const rawOf = (key: KeyObject): Buffer => key.export({ format: 'der', type: 'spki' }).subarray(-keyBytes);
