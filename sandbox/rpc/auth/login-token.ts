import { RpcError } from '#sandbox/mtproto/rpc-error.ts';
import type { AuthKey } from '#sandbox/mtproto/server.ts';
import type { TlObject } from '#sandbox/tl/object.ts';
import type { RpcDeps } from '../deps.ts';
import { bytes, longs } from '../fields.ts';
import type { Serve } from '../serve.ts';
import type { LoginToken } from './login-tokens.ts';
import { authorizationObject, signInOrAskPassword } from './sessions.ts';

/** Sign-in by QR code (core.telegram.org/api/qr-login), also across data centres. */
export function serveLoginToken(serve: Serve, deps: RpcDeps): void {
  const { world, loginTokens } = deps;

  /** Signs the accepted user in here, or points to their own data centre. */
  const finish = (token: Buffer, login: LoginToken, auth: AuthKey): TlObject => {
    const user = world.getUser(login.acceptedBy ?? '');
    if (user.dcId !== auth.dcId) return { _: 'auth.loginTokenMigrateTo', dcId: user.dcId, token };
    loginTokens.forget(token);
    return { _: 'auth.loginTokenSuccess', authorization: signInOrAskPassword(deps, auth, user) };
  };

  serve.open('auth.exportLoginToken', ({ ctx, request }) => {
    const accepted = loginTokens.findAcceptedFor(ctx.auth);
    if (accepted) return finish(accepted.token, accepted.login, ctx.auth);
    const { token, expiresAtMs } = loginTokens.issue(ctx.auth, longs(request, 'exceptIds'));
    return { _: 'auth.loginToken', expires: Math.ceil(expiresAtMs / 1000), token };
  });

  serve.open('auth.importLoginToken', ({ ctx, request }) => {
    const token = bytes(request, 'token');
    const login = loginTokens.find(token);
    if (!login?.acceptedBy) throw new RpcError(400, 'AUTH_TOKEN_INVALID');
    return finish(token, login, ctx.auth);
  });

  serve.account('auth.acceptLoginToken', ({ ctx, request, account }) =>
    authorizationObject(loginTokens.accept(bytes(request, 'token'), account.id), ctx.auth),
  );
}
