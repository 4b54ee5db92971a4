import { pbkdf2Sync, randomBytes } from 'node:crypto';
import { toBigInt, toBytes, xor } from './bytes.ts';
import { dhBytes, dhGenerator, dhPrime, dhPrimeNumber, isPublicValue, modPow } from './dh.ts';
import { sha256 } from './digest.ts';

/** What a server keeps of a two-step password: Telegram's passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow. */
export type SrpVerifier = { salt1: Buffer; salt2: Buffer; g: number; p: Buffer; verifier: Buffer };

/** One round: `publicB` and `id` go to the client, the secret stays. */
export type SrpChallenge = { id: bigint; publicB: Buffer; secretB: Buffer };

const generator = toBytes(BigInt(dhGenerator), dhBytes);

/** Makes the verifier of a new password. Deliberately slow (100,000 rounds, about 0.1 s). */
export function registerPassword(password: string): SrpVerifier {
  const salt1 = randomBytes(40);
  const salt2 = randomBytes(16);
  const salted = (data: Uint8Array, salt: Buffer) => sha256(salt, data, salt);
  const firstHash = salted(salted(Buffer.from(password), salt1), salt2);
  const secret = salted(pbkdf2Sync(firstHash, salt1, 100_000, 64, 'sha512'), salt2);
  return { salt1, salt2, g: dhGenerator, p: dhPrime, verifier: modPow(generator, secret) };
}

/** Opens a round for one account.getPassword. */
export function createChallenge({ verifier }: SrpVerifier): SrpChallenge {
  const secretB = randomBytes(dhBytes);
  const k = toBigInt(sha256(dhPrime, generator));
  const publicB = (k * toBigInt(verifier) + toBigInt(modPow(generator, secretB))) % dhPrimeNumber;
  return { id: randomBytes(8).readBigInt64LE(), publicB: toBytes(publicB, dhBytes), secretB };
}

/** Whether the client's `A` and `M1` (inputCheckPasswordSRP) prove that it knows the password. */
export function verifyPassword(
  account: SrpVerifier,
  challenge: SrpChallenge,
  A: Buffer,
  M1: Buffer,
): boolean {
  if (!isPublicValue(A)) return false;
  const publicA = toBytes(toBigInt(A), dhBytes);
  const u = sha256(publicA, challenge.publicB);
  const base = (toBigInt(A) * toBigInt(modPow(account.verifier, u))) % dhPrimeNumber;
  const shared = modPow(toBytes(base, dhBytes), challenge.secretB);
  const expected = sha256(
    xor(sha256(dhPrime), sha256(generator)),
    sha256(account.salt1),
    sha256(account.salt2),
    publicA,
    challenge.publicB,
    sha256(shared),
  );
  return expected.equals(M1);
}
