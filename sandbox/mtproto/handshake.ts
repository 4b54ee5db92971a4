import { randomBytes } from 'node:crypto';
import { toBigInt, xor } from '#sandbox/crypto/bytes.ts';
import { dhBytes, dhGenerator, dhPrime, isPublicValue, modPow } from '#sandbox/crypto/dh.ts';
import { sha1 } from '#sandbox/crypto/digest.ts';
import { igeDecrypt, igeEncrypt } from '#sandbox/crypto/ige.ts';
import type { RsaKey } from '#sandbox/crypto/rsa.ts';
import type { TlObject } from '#sandbox/tl/object.ts';
import { bytes, long } from '#sandbox/tl/read.ts';
import { TlError } from '#sandbox/tl/tl-error.ts';
import { type AuthKeyRecord, createAuthKey, toAuthKeyBytes } from './auth-key.ts';
import { serviceSchema } from './service-schema.ts';

export type HandshakeDeps = {
  rsa: RsaKey;
  dcId: number;
  stripLeadingZeros: boolean;
  onAuthKey(authKey: AuthKeyRecord): void;
};

/** Of two small primes, which keeps the client's factorisation short; much smaller ones GramJS gets wrong. */
const product = 1_048_583n * 1_048_589n;
const pq = Buffer.from(product.toString(16).padStart(12, '0'), 'hex');

type Progress = { nonce: Buffer; serverNonce: Buffer };
type Secrets = { newNonce: Buffer; secretA: Buffer; isOlderInnerData: boolean };

/**
 * The server's side of one key exchange, as https://core.telegram.org/mtproto/auth_key describes it. Answers
 * each unencrypted request; throws when the client breaks the exchange.
 */
export function createHandshake(deps: HandshakeDeps): { answer(request: TlObject): TlObject } {
  let progress: Progress | undefined;
  let secrets: Secrets | undefined;

  function begin(request: TlObject): TlObject {
    progress = { nonce: Buffer.from(bytes(request, 'nonce')), serverNonce: randomBytes(16) };
    return { _: 'resPQ', ...progress, pq, serverPublicKeyFingerprints: [deps.rsa.fingerprint] };
  }

  function offerDh(request: TlObject): TlObject {
    const { nonce, serverNonce } = checkNonces(request, progress);
    if (long(request, 'publicKeyFingerprint') !== deps.rsa.fingerprint) throw new TlError('unknown RSA key');
    const opened = deps.rsa.decrypt(bytes(request, 'encryptedData'));
    if (!opened) throw new TlError('not encrypted to the server key');
    const inner = serviceSchema.decode(opened);
    checkNonces(inner, progress);
    // By their product: about once in two thousand times GramJS finds no better factors than 1 and the whole.
    if (toBigInt(bytes(inner, 'p')) * toBigInt(bytes(inner, 'q')) !== product)
      throw new TlError('wrong factors');
    const newNonce = Buffer.from(bytes(inner, 'newNonce'));
    secrets = { newNonce, secretA: randomBytes(dhBytes), isOlderInnerData: inner._ === 'p_q_inner_data' };
    const answer = serviceSchema.encode({
      _: 'server_DH_inner_data',
      nonce,
      serverNonce,
      g: dhGenerator,
      dhPrime,
      gA: modPow(Buffer.from([dhGenerator]), secrets.secretA),
      serverTime: Math.floor(Date.now() / 1000),
    });
    const { key, iv } = deriveTemporaryKey(newNonce, serverNonce);
    const encryptedAnswer = igeEncrypt(pad(Buffer.concat([sha1(answer), answer])), key, iv);
    return { _: 'server_DH_params_ok', nonce, serverNonce, encryptedAnswer };
  }

  function finish(request: TlObject): TlObject {
    const { nonce, serverNonce } = checkNonces(request, progress);
    if (!secrets) throw new TlError('no exchange is open');
    const { newNonce, secretA, isOlderInnerData } = secrets;
    const { key, iv } = deriveTemporaryKey(newNonce, serverNonce);
    const opened = igeDecrypt(bytes(request, 'encryptedData'), key, iv);
    const inner = serviceSchema.decode(opened, 20);
    checkNonces(inner, progress);
    const publicB = bytes(inner, 'gB');
    if (!isPublicValue(publicB)) throw new TlError('a public value out of range');
    // Only clients that strip zeros still send the inner data without a data centre.
    const isStripped = deps.stripLeadingZeros && isOlderInnerData;
    const authKeyBytes = toAuthKeyBytes(modPow(publicB, secretA), isStripped);
    const firstSalt = xor(newNonce.subarray(0, 8), serverNonce).readBigInt64LE();
    deps.onAuthKey(createAuthKey(authKeyBytes, deps.dcId, firstSalt));
    const hash = sha1(newNonce, Buffer.from([1]), sha1(authKeyBytes).subarray(0, 8));
    progress = undefined;
    secrets = undefined;
    return { _: 'dh_gen_ok', nonce, serverNonce, newNonceHash1: hash.subarray(4, 20) };
  }

  return {
    answer(request) {
      switch (request._) {
        case 'req_pq':
        case 'req_pq_multi':
          return begin(request);
        case 'req_DH_params':
          return offerDh(request);
        case 'set_client_DH_params':
          return finish(request);
        default:
          throw new TlError(`${request._} outside an encrypted session`);
      }
    },
  };
}

function checkNonces(message: TlObject, progress: Progress | undefined): Progress {
  const isSame =
    progress?.nonce.equals(bytes(message, 'nonce')) &&
    progress.serverNonce.equals(bytes(message, 'serverNonce'));
  if (!progress || !isSame) throw new TlError('nonces of another exchange');
  return progress;
}

function deriveTemporaryKey(newNonce: Buffer, serverNonce: Buffer): { key: Buffer; iv: Buffer } {
  const newServer = sha1(newNonce, serverNonce);
  const serverNew = sha1(serverNonce, newNonce);
  return {
    key: Buffer.concat([newServer, serverNew.subarray(0, 12)]),
    iv: Buffer.concat([serverNew.subarray(12), sha1(newNonce, newNonce), newNonce.subarray(0, 4)]),
  };
}

function pad(data: Buffer): Buffer {
  return Buffer.concat([data, randomBytes((16 - (data.length % 16)) % 16)]);
}
