import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { Secret } from '#core/secret.ts';
import type { SealKey } from '#core/session-keys.ts';

export type SessionOwner = { workspaceId: string; accountId: string };
export type Sealed = { bytes: Buffer; keyId: string };

/** Thrown when a seal was broken or moved to another row. Says nothing of its content. */
export class SealBroken extends Error {
  constructor() {
    super('a sealed session cannot be opened');
    this.name = 'SealBroken';
  }
}

/** Thrown when the key that a session was sealed with is not among the keys at hand. */
export class KeyMissing extends Error {
  constructor(keyId: string) {
    super(`a session was sealed with the key ${keyId}, which is not here`);
    this.name = 'KeyMissing';
  }
}

const version = 2;
/** The data key comes from Vault, which alone unwraps it; it is kept as the text that Vault made of it. */
const vaultVersion = 3;
const lengthBytes = 2;
/** Sealed by the key itself, without a data key; opened, and made version 2 when it is wrapped anew. */
const firstVersion = 1;
const keyBytes = 32;
const ivBytes = 12;
const tagBytes = 16;
const boxBytes = ivBytes + tagBytes;
const wrappedBytes = boxBytes + keyBytes;

const bind = (...parts: (string | number)[]): Buffer => Buffer.from(parts.join('|'));

/** Binds to the row: copied to another account, workspace or table nothing opens. */
const rowOf = ({ workspaceId, accountId }: SessionOwner) => ['account_session', workspaceId, accountId];

/**
 * Seals in an envelope (AES-256-GCM): a random data key of this session alone encrypts it, and `key` encrypts the data
 * key. Layout: version, box of the data key, box of the session, where a box is nonce, tag and ciphertext. A key that
 * Vault wraps is the data key itself; in place of its box stands the length of Vault's text (2 bytes) and the text.
 */
export const sealSession = (key: SealKey, owner: SessionOwner, session: Secret): Sealed => {
  const plain = Buffer.from(session.reveal());
  if (key.wrapped !== undefined) {
    const box = encrypt(key.key, bind(...rowOf(owner), vaultVersion, 'session'), plain);
    return vaultEnvelope(key.wrapped, key.id, box);
  }
  const dataKey = randomBytes(keyBytes);
  const row = rowOf(owner);
  const content = encrypt(dataKey, bind(...row, version, 'session'), plain);
  return envelope(key, owner, dataKey, content);
};

/** Throws `KeyMissing`, or `SealBroken` unless every bit is as sealed, for this owner. */
export const openSession = (keys: readonly SealKey[], owner: SessionOwner, sealed: Sealed): Secret =>
  new Secret(openBytes(keyOf(keys, sealed), owner, sealed).toString('utf8'));

/**
 * The same session under another key: only its data key is encrypted anew. Throws as `openSession` does, also when the
 * session itself does not open, so that no broken seal is ever made to look whole.
 */
export const rewrapSession = (
  keys: readonly SealKey[],
  newest: SealKey,
  owner: SessionOwner,
  sealed: Sealed,
): Sealed => {
  const key = keyOf(keys, sealed);
  const session = openBytes(key, owner, sealed);
  if (sealed.bytes[0] !== version || newest.wrapped !== undefined)
    return sealSession(newest, owner, new Secret(session.toString('utf8')));
  const { dataKey, content } = unwrap(key, owner, sealed.bytes);
  return envelope(newest, owner, dataKey, content);
};

/** What Vault made of the session's data key; undefined when Vault has no part in it. Throws `SealBroken`. */
export const wrappedKeyOf = ({ bytes }: Sealed): string | undefined => {
  if (bytes[0] !== vaultVersion) return undefined;
  return bytes.subarray(1 + lengthBytes, boxStartOf(bytes)).toString('latin1');
};

/** The same envelope with its data key as Vault wraps it now; nobody sees the key or the session. */
export const exchangeWrappedKey = (
  { bytes }: Sealed,
  { id, wrapped }: Pick<Required<SealKey>, 'id' | 'wrapped'>,
): Sealed => vaultEnvelope(wrapped, id, bytes.subarray(boxStartOf(bytes)));

const vaultEnvelope = (wrapped: string, keyId: string, box: Buffer): Sealed => {
  const text = Buffer.from(wrapped, 'latin1');
  const length = Buffer.alloc(lengthBytes);
  length.writeUInt16BE(text.length);
  return { bytes: Buffer.concat([Buffer.of(vaultVersion), length, text, box]), keyId };
};

const boxStartOf = (bytes: Buffer): number => {
  if (bytes.length < 1 + lengthBytes) throw new SealBroken();
  return 1 + lengthBytes + bytes.readUInt16BE(1);
};

const envelope = (key: SealKey, owner: SessionOwner, dataKey: Buffer, content: Buffer): Sealed => {
  const wrapped = encrypt(key.key, bind(...rowOf(owner), version, 'key', key.id), dataKey);
  return { bytes: Buffer.concat([Buffer.of(version), wrapped, content]), keyId: key.id };
};

const keyOf = (keys: readonly SealKey[], sealed: Sealed): SealKey => {
  const { keyId } = sealed;
  const wrapped = wrappedKeyOf(sealed);
  const key = keys.find((candidate) => candidate.id === keyId && candidate.wrapped === wrapped);
  if (!key) throw new KeyMissing(keyId);
  return key;
};

const openBytes = (key: SealKey, owner: SessionOwner, { bytes }: Sealed): Buffer => {
  if (bytes[0] === firstVersion) {
    return decrypt(key.key, bind(...rowOf(owner), firstVersion, key.id), bytes.subarray(1));
  }
  if (bytes[0] === vaultVersion) {
    return decrypt(
      key.key,
      bind(...rowOf(owner), vaultVersion, 'session'),
      bytes.subarray(boxStartOf(bytes)),
    );
  }
  const { dataKey, content } = unwrap(key, owner, bytes);
  return decrypt(dataKey, bind(...rowOf(owner), version, 'session'), content);
};

const unwrap = (key: SealKey, owner: SessionOwner, bytes: Buffer): { dataKey: Buffer; content: Buffer } => {
  if (bytes[0] !== version) throw new SealBroken();
  const wrapped = bytes.subarray(1, 1 + wrappedBytes);
  const dataKey = decrypt(key.key, bind(...rowOf(owner), version, 'key', key.id), wrapped);
  return { dataKey, content: bytes.subarray(1 + wrappedBytes) };
};

const encrypt = (key: Uint8Array, associatedData: Buffer, plain: Buffer): Buffer => {
  const iv = randomBytes(ivBytes);
  const cipher = createCipheriv('aes-256-gcm', key, iv, { authTagLength: tagBytes });
  cipher.setAAD(associatedData);
  const ciphertext = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), ciphertext]);
};

const decrypt = (key: Uint8Array, associatedData: Buffer, box: Buffer): Buffer => {
  if (box.length < boxBytes) throw new SealBroken();
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, box.subarray(0, ivBytes), {
      authTagLength: tagBytes,
    });
    decipher.setAAD(associatedData).setAuthTag(box.subarray(ivBytes, boxBytes));
    return Buffer.concat([decipher.update(box.subarray(boxBytes)), decipher.final()]);
  } catch {
    throw new SealBroken();
  }
};
