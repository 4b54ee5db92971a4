import { randomBytes } from 'node:crypto';
import { RpcError } from '#sandbox/mtproto/rpc-error.ts';
import type { UserId } from '#sandbox/world/types.ts';
import type { RpcDeps } from '../deps.ts';
import { bytes, int, long } from '../fields.ts';
import type { Serve } from '../serve.ts';
import { completeSignIn, signOut } from './sessions.ts';

/** Carrying a sign-in to another data centre, once per export; and ending one. */
export function serveExportedAuthorization(serve: Serve, deps: RpcDeps): void {
  const { world, dcs } = deps;
  const exported = new Map<string, { user: UserId; dcId: number }>();

  serve.account('auth.exportAuthorization', ({ request, account }) => {
    const dcId = int(request, 'dcId');
    if (!dcs().some((dc) => dc.id === dcId)) throw new RpcError(400, 'DC_ID_INVALID');
    const ticket = randomBytes(32);
    exported.set(ticket.toString('hex'), { user: account.id, dcId });
    return { _: 'auth.exportedAuthorization', id: BigInt(account.id), bytes: ticket };
  });

  serve.open('auth.importAuthorization', ({ ctx, request }) => {
    const ticket = bytes(request, 'bytes').toString('hex');
    const found = exported.get(ticket);
    if (found?.user !== String(long(request, 'id')) || found.dcId !== Math.abs(ctx.dcId))
      throw new RpcError(400, 'AUTH_BYTES_INVALID');
    exported.delete(ticket);
    return completeSignIn(deps, ctx.auth, world.getUser(found.user));
  });

  serve.open('auth.logOut', ({ ctx }) => {
    signOut(deps, ctx.auth);
    return { _: 'auth.loggedOut' };
  });
}
