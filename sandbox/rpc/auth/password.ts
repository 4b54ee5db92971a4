import { randomBytes } from 'node:crypto';
import { dhGenerator, dhPrime } from '#sandbox/crypto/dh.ts';
import {
  createChallenge,
  registerPassword,
  type SrpChallenge,
  type SrpVerifier,
  verifyPassword,
} from '#sandbox/crypto/srp.ts';
import { RpcError } from '#sandbox/mtproto/rpc-error.ts';
import type { TlObject } from '#sandbox/tl/object.ts';
import type { User, UserId } from '#sandbox/world/types.ts';
import type { RpcDeps } from '../deps.ts';
import { bytes, getObject, long } from '../fields.ts';
import type { Serve } from '../serve.ts';
import { completeSignIn } from './sessions.ts';

const wrongTriesAllowed = 10;

/** Two-step verification with Telegram's SRP (core.telegram.org/api/srp). */
export function servePassword(serve: Serve, deps: RpcDeps): void {
  const { world } = deps;
  const verifiers = new Map<string, SrpVerifier>();
  const challenges = new Map<bigint, { user: UserId; challenge: SrpChallenge }>();
  const wrongTries = new Map<UserId, number>();

  // Deriving one takes 0.1 s by design; one per user and password is enough.
  const verifierOf = (user: User, password: string): SrpVerifier => {
    const key = `${user.id}:${password}`;
    const verifier = verifiers.get(key) ?? registerPassword(password);
    verifiers.set(key, verifier);
    return verifier;
  };

  serve.open('account.getPassword', ({ ctx }) => {
    const user = world.findUser(ctx.auth.pendingUserId ?? ctx.auth.userId ?? '');
    if (!user) throw new RpcError(401, 'AUTH_KEY_UNREGISTERED');
    if (!user.password) return passwordObject();
    const verifier = verifierOf(user, user.password.value);
    const challenge = createChallenge(verifier);
    challenges.set(challenge.id, { user: user.id, challenge });
    return {
      ...passwordObject(),
      hasPassword: true,
      currentAlgo: algorithm(verifier),
      srpB: challenge.publicB,
      srpId: challenge.id,
      hint: user.password.hint,
    };
  });

  serve.open('auth.checkPassword', ({ ctx, request }) => {
    const proof = getObject(request, 'password');
    if (proof._ === 'inputCheckPasswordEmpty') throw new RpcError(400, 'PASSWORD_HASH_INVALID');
    const id = long(proof, 'srpId');
    const round = challenges.get(id);
    challenges.delete(id);
    if (!round || round.user !== ctx.auth.pendingUserId) throw new RpcError(400, 'SRP_ID_INVALID');
    const user = world.getUser(round.user);
    const tries = wrongTries.get(user.id) ?? 0;
    if (tries >= wrongTriesAllowed) throw new RpcError(406, 'PHONE_PASSWORD_FLOOD');
    const verifier = verifierOf(user, user.password?.value ?? '');
    if (!verifyPassword(verifier, round.challenge, bytes(proof, 'A'), bytes(proof, 'M1'))) {
      wrongTries.set(user.id, tries + 1);
      throw new RpcError(400, 'PASSWORD_HASH_INVALID');
    }
    wrongTries.delete(user.id);
    return completeSignIn(deps, ctx.auth, user);
  });
}

function algorithm({ salt1, salt2, g, p }: Omit<SrpVerifier, 'verifier'>): TlObject {
  return { _: 'passwordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow', salt1, salt2, g, p };
}

function passwordObject(): TlObject {
  const fresh = { salt1: randomBytes(8), salt2: randomBytes(16), g: dhGenerator, p: dhPrime };
  return {
    _: 'account.password',
    newAlgo: algorithm(fresh),
    newSecureAlgo: { _: 'securePasswordKdfAlgoPBKDF2HMACSHA512iter100000', salt: randomBytes(8) },
    secureRandom: randomBytes(256),
  };
}
