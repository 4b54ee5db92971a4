import { RpcError } from '#sandbox/mtproto/rpc-error.ts';
import { authorizationObject, sessionHash, signOut } from './auth/sessions.ts';
import type { RpcDeps } from './deps.ts';
import { long } from './fields.ts';
import { revokeSession } from './gate.ts';
import type { Serve } from './serve.ts';

export function serveAccount(serve: Serve, deps: RpcDeps): void {
  const { server } = deps;

  serve.account('account.getAuthorizations', ({ ctx, account }) => ({
    _: 'account.authorizations',
    authorizationTtlDays: 183,
    authorizations: [...server.keys()]
      .filter((auth) => auth.userId === account.id)
      .map((auth) => authorizationObject(auth, ctx.auth)),
  }));

  serve.account('account.resetAuthorization', ({ request, account }) => {
    const hash = long(request, 'hash');
    const other = [...server.keys()].find((auth) => auth.userId === account.id && sessionHash(auth) === hash);
    if (!other) throw new RpcError(400, 'HASH_INVALID');
    signOut(deps, other);
    revokeSession(other);
    return true;
  });

  serve.account('account.updateStatus', () => true);
}
