import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Secret } from '#core/secret.ts';

/** 32 bytes and the name under which rows remember them. */
export type SealKey = { id: string; key: Buffer };
export type SessionOwner = { workspaceId: string; accountId: string };
export type Sealed = { bytes: Buffer; keyId: string };

/** Thrown when a seal was broken, moved to another account, or its key is not here. Says nothing of its content. */
export class SealBroken extends Error {
  constructor() {
    super('a sealed session cannot be opened');
    this.name = 'SealBroken';
  }
}

const version = 1;
const ivBytes = 12;
const tagBytes = 16;

/** Binds the ciphertext to its row: copied to another account or workspace it does not open. */
const associatedData = (owner: SessionOwner, keyId: string): Buffer =>
  Buffer.from(['account_session', owner.workspaceId, owner.accountId, version, keyId].join('|'));

/** AES-256-GCM with a random nonce. Layout: version, nonce, tag, ciphertext. */
export const sealSession = (key: SealKey, owner: SessionOwner, session: Secret): Sealed => {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key.key, iv, { authTagLength: tagBytes });
  cipher.setAAD(associatedData(owner, key.id));
  const ciphertext = Buffer.concat([cipher.update(session.reveal(), 'utf8'), cipher.final()]);
  return { bytes: Buffer.concat([Buffer.of(version), iv, cipher.getAuthTag(), ciphertext]), keyId: key.id };
};

/** Throws `SealBroken` unless every bit is as sealed, for this owner, under one of `keys`. */
export const openSession = (keys: readonly SealKey[], owner: SessionOwner, sealed: Sealed): Secret => {
  const key = keys.find((candidate) => candidate.id === sealed.keyId);
  const { bytes } = sealed;
  if (!key || bytes[0] !== version || bytes.length < 1 + ivBytes + tagBytes) throw new SealBroken();
  const iv = bytes.subarray(1, 1 + ivBytes);
  const tag = bytes.subarray(1 + ivBytes, 1 + ivBytes + tagBytes);
  try {
    const decipher = createDecipheriv('aes-256-gcm', key.key, iv, { authTagLength: tagBytes });
    decipher.setAAD(associatedData(owner, key.id)).setAuthTag(tag);
    const text = Buffer.concat([decipher.update(bytes.subarray(1 + ivBytes + tagBytes)), decipher.final()]);
    return new Secret(text.toString('utf8'));
  } catch {
    throw new SealBroken();
  }
};
