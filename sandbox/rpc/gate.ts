import { RpcError } from '#sandbox/mtproto/rpc-error.ts';
import type { AuthKey, CallContext } from '#sandbox/mtproto/server.ts';
import type { User } from '#sandbox/world/types.ts';
import type { RpcDeps } from './deps.ts';

/** What a frozen account may still call (core.telegram.org/api/auth#frozen-accounts names few; the rest is assumed). */
const frozenMay = new Set([
  'updates.getState',
  'updates.getDifference',
  'users.getUsers',
  'users.getFullUser',
  'account.getAuthorizations',
  'account.updateStatus',
  'auth.logOut',
  'messages.getDialogs',
  'messages.getHistory',
]);

/** What an exported authorisation may call away from home; everything else belongs to the home data centre. */
const awayMay = new Set(['auth.logOut', 'users.getUsers', 'updates.getState']);

const revoked = new WeakSet<AuthKey>();

/** Ends a session from outside: its next call is answered SESSION_REVOKED. */
export function revokeSession(auth: AuthKey): void {
  auth.userId = undefined;
  revoked.add(auth);
}

/** The account a call speaks for. Throws RpcError for every state in which Telegram would not run it. */
export function getAccount({ world }: RpcDeps, { auth, dcId }: CallContext, method: string): User {
  if (auth.userId === undefined) {
    if (revoked.has(auth)) throw new RpcError(401, 'SESSION_REVOKED');
    throw new RpcError(401, auth.pendingUserId ? 'SESSION_PASSWORD_NEEDED' : 'AUTH_KEY_UNREGISTERED');
  }
  const account = world.findUser(auth.userId);
  if (!account) throw new RpcError(401, 'AUTH_KEY_UNREGISTERED');
  if (account.restriction === 'banned') throw new RpcError(401, 'USER_DEACTIVATED_BAN');
  if (account.restriction === 'deactivated') throw new RpcError(401, 'USER_DEACTIVATED');
  if (account.restriction === 'frozen' && !frozenMay.has(method))
    throw new RpcError(420, 'FROZEN_METHOD_INVALID');
  if (account.dcId !== Math.abs(dcId) && !awayMay.has(method))
    throw new RpcError(303, `USER_MIGRATE_${account.dcId}`);
  return account;
}
