import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createRsaKey } from '#sandbox/crypto/rsa.ts';
import { exchangeKey } from '#sandbox/testing/exchange-key.ts';
import { encryptSha1 } from '#sandbox/testing/rsa-pad.ts';
import { bytes } from '#sandbox/tl/read.ts';
import { type AuthKeyRecord, toAuthKeyBytes } from './auth-key.ts';
import { createHandshake } from './handshake.ts';
import { serviceSchema } from './service-schema.ts';

const rsa = createRsaKey();

/** A client and a server that pass packets without a socket. */
function createChannel() {
  const keys: AuthKeyRecord[] = [];
  const handshake = createHandshake({
    rsa,
    dcId: 2,
    stripLeadingZeros: true,
    onAuthKey: (key) => keys.push(key),
  });
  let answer: Buffer = Buffer.alloc(0);
  const channel = {
    write(packet: Buffer) {
      answer = serviceSchema.encode(handshake.answer(serviceSchema.decode(packet, 20)));
    },
    nextPlain: () => Promise.resolve(answer),
  };
  return { channel, handshake, keys };
}

test('both sides end with the same key and salt', async () => {
  const { channel, keys } = createChannel();
  const { authKey, salt } = await exchangeKey(channel, rsa);
  expect(keys.map((key) => [key.key, key.salts.current(), key.dcId])).toEqual([[authKey, salt, 2]]);
});

test('a client that trusts another key is turned away', async () => {
  const other = createRsaKey();
  await expect(exchangeKey(createChannel().channel, other)).rejects.toThrow('unknown RSA key');
  const mixed = { ...other, fingerprint: rsa.fingerprint };
  await expect(exchangeKey(createChannel().channel, mixed)).rejects.toThrow();
});

test('nonces of another exchange, wrong factors and steps out of order are turned away', () => {
  const { handshake } = createChannel();
  const nonce = randomBytes(16);
  const early = { _: 'set_client_DH_params', nonce, serverNonce: nonce, encryptedData: Buffer.alloc(16) };
  expect(() => handshake.answer(early)).toThrow('nonces of another exchange');
  const opening = handshake.answer({ _: 'req_pq', nonce });
  const serverNonce = bytes(opening, 'serverNonce');
  expect(() => handshake.answer({ ...early, serverNonce })).toThrow('no exchange is open');
  const factors = { pq: Buffer.alloc(8), p: Buffer.from([3]), q: Buffer.from([5]) };
  const inner = { _: 'p_q_inner_data', ...factors, nonce, serverNonce, newNonce: randomBytes(32) };
  const encryptedData = encryptSha1(rsa, serviceSchema.encode(inner));
  const request = { _: 'req_DH_params', nonce, serverNonce, ...factors, encryptedData };
  expect(() => handshake.answer({ ...request, publicKeyFingerprint: rsa.fingerprint })).toThrow(
    'wrong factors',
  );
  expect(() => handshake.answer({ _: 'ping', pingId: 1n })).toThrow('ping outside an encrypted session');
});

test('the trivial factors GramJS sometimes finds are accepted', () => {
  const { handshake } = createChannel();
  const nonce = randomBytes(16);
  const opening = handshake.answer({ _: 'req_pq_multi', nonce });
  const serverNonce = bytes(opening, 'serverNonce');
  const pq = bytes(opening, 'pq');
  const factors = { pq, p: Buffer.from([1]), q: pq };
  const inner = { _: 'p_q_inner_data', ...factors, nonce, serverNonce, newNonce: randomBytes(32) };
  const encryptedData = encryptSha1(rsa, serviceSchema.encode(inner));
  const request = { _: 'req_DH_params', nonce, serverNonce, ...factors, encryptedData };
  const answer = handshake.answer({ ...request, publicKeyFingerprint: rsa.fingerprint });
  expect(answer._).toBe('server_DH_params_ok');
});

test('a key that begins with zeros is kept whole, or stripped for GramJS', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 3 }), (zeros) => {
      const shared = Buffer.concat([Buffer.alloc(zeros), Buffer.alloc(256 - zeros, 9)]);
      expect(toAuthKeyBytes(shared, false)).toEqual(shared);
      expect(toAuthKeyBytes(shared, true)).toEqual(Buffer.alloc(256 - zeros, 9));
    }),
  );
});
