import { RpcError } from '#sandbox/mtproto/rpc-error.ts';
import type { AuthKey } from '#sandbox/mtproto/server.ts';
import type { TlObject } from '#sandbox/tl/object.ts';
import type { User } from '#sandbox/world/types.ts';
import type { RpcDeps } from '../deps.ts';
import { int, text } from '../fields.ts';
import { seconds } from '../objects/time.ts';
import { userObject } from '../objects/user-object.ts';

/**
 * Signs the key in as this user and tells the user's other sessions; the user owes nothing any more.
 * Throws RpcError USER_DEACTIVATED for a deactivated account.
 */
export function completeSignIn({ world, server }: RpcDeps, auth: AuthKey, user: User): TlObject {
  if (user.restriction === 'deactivated') throw new RpcError(401, 'USER_DEACTIVATED');
  auth.userId = user.id;
  auth.signedInAt = world.clock.now();
  auth.pendingUserId = undefined;
  world.emit({ kind: 'signed_in', user: user.id, authKeyId: auth.id });
  const now = seconds(world.clock.now());
  server.push((other) => other !== auth && other.userId === user.id, {
    _: 'updateShort',
    update: {
      _: 'updateNewAuthorization',
      unconfirmed: true,
      hash: sessionHash(auth),
      date: now,
      device: deviceName(auth),
      location: 'Sandbox',
    },
    date: now,
  });
  return { _: 'auth.authorization', user: userObject(world, user.id, user) };
}

/** Signs in, or asks for the password first: RpcError SESSION_PASSWORD_NEEDED. */
export function signInOrAskPassword(deps: RpcDeps, auth: AuthKey, user: User): TlObject {
  if (!user.password) return completeSignIn(deps, auth, user);
  auth.pendingUserId = user.id;
  throw new RpcError(401, 'SESSION_PASSWORD_NEEDED');
}

export function signOut({ world }: RpcDeps, auth: AuthKey): void {
  if (auth.userId === undefined) return;
  const user = auth.userId;
  auth.userId = undefined;
  world.emit({ kind: 'signed_out', user, authKeyId: auth.id });
}

/** What a session is called in the list of sessions. */
export function sessionHash(auth: AuthKey): bigint {
  return BigInt.asIntN(64, BigInt(`0x${auth.id}`));
}

export function authorizationObject(auth: AuthKey, current: AuthKey): TlObject {
  const api = auth.api ?? { _: 'initConnection' };
  const createdAt = seconds(auth.signedInAt ?? auth.createdAt);
  return {
    _: 'authorization',
    current: auth === current,
    hash: auth === current ? 0n : sessionHash(auth),
    deviceModel: deviceName(auth),
    platform: '',
    systemVersion: text(api, 'systemVersion'),
    apiId: int(api, 'apiId'),
    appName: 'Sandbox',
    appVersion: text(api, 'appVersion'),
    dateCreated: createdAt,
    dateActive: createdAt,
    ip: '127.0.0.1',
    country: 'Sandbox',
    region: '',
  };
}

function deviceName(auth: AuthKey): string {
  return auth.api ? text(auth.api, 'deviceModel') : '';
}
