import { randomBytes } from 'node:crypto';
import { xor } from '#sandbox/crypto/bytes.ts';
import { modPow } from '#sandbox/crypto/dh.ts';
import { sha1 } from '#sandbox/crypto/digest.ts';
import { igeDecrypt, igeEncrypt } from '#sandbox/crypto/ige.ts';
import type { RsaKey } from '#sandbox/crypto/rsa.ts';
import { serviceSchema } from '#sandbox/mtproto/service-schema.ts';
import type { TlObject } from '#sandbox/tl/object.ts';
import { bytes } from '#sandbox/tl/read.ts';
import { encryptRsaPad } from './rsa-pad.ts';

type PlainChannel = { write(packet: Buffer): void; nextPlain(): Promise<Buffer> };

/** The client's side of a key exchange. Throws when the server does not confirm the key. */
export async function exchangeKey(
  channel: PlainChannel,
  rsa: RsaKey,
): Promise<{ authKey: Buffer; salt: bigint }> {
  const nonce = randomBytes(16);
  const newNonce = randomBytes(32);
  const opening = await ask(channel, { _: 'req_pq_multi', nonce });
  const pq = bytes(opening, 'pq');
  const serverNonce = bytes(opening, 'serverNonce');
  const [p, q] = factorise(pq);
  const inner = { _: 'p_q_inner_data_dc', pq, p, q, nonce, serverNonce, newNonce, dc: 2 };
  const offered = await ask(channel, {
    _: 'req_DH_params',
    nonce,
    serverNonce,
    p,
    q,
    publicKeyFingerprint: rsa.fingerprint,
    encryptedData: encryptRsaPad(rsa, serviceSchema.encode(inner)),
  });
  const serverNew = sha1(serverNonce, newNonce);
  const key = Buffer.concat([sha1(newNonce, serverNonce), serverNew.subarray(0, 12)]);
  const iv = Buffer.concat([serverNew.subarray(12), sha1(newNonce, newNonce), newNonce.subarray(0, 4)]);
  const opened = serviceSchema.decode(igeDecrypt(bytes(offered, 'encryptedAnswer'), key, iv), 20);
  const secretB = randomBytes(256);
  const gB = modPow(Buffer.from([3]), secretB);
  const reply = serviceSchema.encode({ _: 'client_DH_inner_data', nonce, serverNonce, retryId: 0n, gB });
  const hashed = Buffer.concat([sha1(reply), reply]);
  const encryptedData = igeEncrypt(
    Buffer.concat([hashed, randomBytes((16 - (hashed.length % 16)) % 16)]),
    key,
    iv,
  );
  const done = await ask(channel, { _: 'set_client_DH_params', nonce, serverNonce, encryptedData });
  const authKey = modPow(bytes(opened, 'gA'), secretB);
  const confirmation = sha1(newNonce, Buffer.from([1]), sha1(authKey).subarray(0, 8)).subarray(4);
  if (!bytes(done, 'newNonceHash1').equals(confirmation)) throw new Error('the server holds another key');
  return { authKey, salt: xor(newNonce.subarray(0, 8), serverNonce).readBigInt64LE() };
}

async function ask(channel: PlainChannel, request: TlObject): Promise<TlObject> {
  const body = serviceSchema.encode(request);
  const head = Buffer.alloc(20);
  head.writeBigInt64LE(((BigInt(Date.now()) << 32n) / 1000n) & ~3n, 8);
  head.writeInt32LE(body.length, 16);
  channel.write(Buffer.concat([head, body]));
  return serviceSchema.decode(await channel.nextPlain());
}

function factorise(pq: Buffer): [Buffer, Buffer] {
  const product = pq.readUIntBE(0, pq.length);
  let p = 3;
  while (product % p !== 0) p += 2;
  return [toBuffer(p), toBuffer(product / p)];
}

function toBuffer(value: number): Buffer {
  const buffer = Buffer.alloc(4);
  buffer.writeUInt32BE(value);
  return buffer;
}
