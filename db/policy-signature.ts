import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';

/** What a signature covers: a text moved to another workspace or version does not verify. */
export type PolicyText = { workspaceId: string; version: number; document: string };

/** Signs with the private half of a key; `publicKey` is what a worker has to trust. */
export type PolicySigner = { keyId: string; publicKey: Buffer; sign(text: PolicyText): Buffer };

/** The public keys that a process trusts, by their ids. */
export type PolicyKeys = ReadonlyMap<string, KeyObject>;

/** DER of an Ed25519 private key up to its 32 bytes, RFC 8410. */
const privateKeyHead = Buffer.from('302e020100300506032b657004220420', 'hex');
const keyBytes = 32;

/** `seed`: the 32 bytes of an Ed25519 private key. */
export const createPolicySigner = (seed: Buffer): PolicySigner => {
  const key = createPrivateKey({ key: Buffer.concat([privateKeyHead, seed]), format: 'der', type: 'pkcs8' });
  const publicKey = createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-keyBytes);
  return { keyId: idOf(publicKey), publicKey, sign: (text) => sign(null, bytesOf(text), key) };
};

/** `publicKeys`: 32 bytes each, as `PolicySigner.publicKey` gives them. */
export const createPolicyKeys = (publicKeys: readonly Buffer[]): PolicyKeys =>
  new Map(
    publicKeys.map((bytes) => [
      idOf(bytes),
      createPublicKey({
        key: { kty: 'OKP', crv: 'Ed25519', x: bytes.toString('base64url') },
        format: 'jwk',
      }),
    ]),
  );

/** True when a trusted key has signed exactly this text. */
export const isSignedByTrusted = (
  keys: PolicyKeys,
  text: PolicyText,
  signed: { keyId: string; signature: Buffer },
): boolean => {
  const key = keys.get(signed.keyId);
  return key !== undefined && verify(null, bytesOf(text), key, signed.signature);
};

const bytesOf = ({ workspaceId, version, document }: PolicyText): Buffer =>
  Buffer.from(['usher limit policy', workspaceId, version, document].join('\n'));

const idOf = (publicKey: Buffer): string => createHash('sha256').update(publicKey).digest('hex').slice(0, 12);
