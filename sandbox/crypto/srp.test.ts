import bigInt from 'big-integer';
import { Api } from 'telegram';
import { computeCheck } from 'telegram/Password.js';
import { expect, test } from 'vitest';
import { toBytes } from './bytes.ts';
import { dhPrime, dhPrimeNumber } from './dh.ts';
import {
  createChallenge,
  registerPassword,
  type SrpChallenge,
  type SrpVerifier,
  verifyPassword,
} from './srp.ts';

const account = registerPassword('correct horse');

/** The proof GramJS computes for a password. */
function prove({ salt1, salt2, g, p }: SrpVerifier, { id, publicB }: SrpChallenge, password: string) {
  const currentAlgo = new Api.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow({
    salt1,
    salt2,
    g,
    p,
  });
  const unused = new Api.PasswordKdfAlgoUnknown();
  const secureAlgo = new Api.SecurePasswordKdfAlgoUnknown();
  const request = {
    currentAlgo,
    srp_B: publicB,
    srpId: bigInt(id),
    newAlgo: unused,
    newSecureAlgo: secureAlgo,
  };
  return computeCheck(new Api.account.Password({ ...request, secureRandom: Buffer.alloc(0) }), password);
}

test('the right password proves itself, once per challenge', async () => {
  const challenge = createChallenge(account);
  const proof = await prove(account, challenge, 'correct horse');
  if (!(proof instanceof Api.InputCheckPasswordSRP)) throw new Error('no proof');
  expect(verifyPassword(account, challenge, proof.A, proof.M1)).toBe(true);
  expect(verifyPassword(account, createChallenge(account), proof.A, proof.M1)).toBe(false);
});

test('a wrong password and another account prove nothing', async () => {
  const challenge = createChallenge(account);
  const proof = await prove(account, challenge, 'correct horsf');
  if (!(proof instanceof Api.InputCheckPasswordSRP)) throw new Error('no proof');
  expect(verifyPassword(account, challenge, proof.A, proof.M1)).toBe(false);
  expect(verifyPassword(registerPassword('correct horse'), challenge, proof.A, proof.M1)).toBe(false);
});

test.each([
  ['0', Buffer.alloc(256)],
  ['1', toBytes(1n, 256)],
  ['the prime - 1', toBytes(dhPrimeNumber - 1n, 256)],
  ['the prime', dhPrime],
])('a client value of %s is refused', (_, A) => {
  expect(verifyPassword(account, createChallenge(account), A, Buffer.alloc(32))).toBe(false);
});
