import { randomBytes } from 'node:crypto';
import { RpcError } from '#sandbox/mtproto/rpc-error.ts';
import type { AuthKey } from '#sandbox/mtproto/server.ts';
import type { TlObject } from '#sandbox/tl/object.ts';
import type { UserId } from '#sandbox/world/types.ts';
import type { RpcDeps } from '../deps.ts';
import { bytes, longs } from '../fields.ts';
import { seconds } from '../objects/time.ts';
import type { Serve } from '../serve.ts';
import { authorizationObject, signInOrAskPassword } from './sessions.ts';

type LoginToken = {
  /** The key that shows the code and waits. */
  auth: AuthKey;
  expiresAtMs: number;
  exceptIds: bigint[];
  acceptedBy: UserId | undefined;
};

/** Sign-in by QR code (core.telegram.org/api/qr-login), also across data centres. Tokens live in real time. */
export function serveLoginToken(serve: Serve, deps: RpcDeps): void {
  const { world, server, signIn } = deps;
  const tokens = new Map<string, LoginToken>();

  /** Signs the accepted user in here, or points to their own data centre. */
  const finish = (name: string, token: LoginToken, auth: AuthKey): TlObject => {
    const user = world.getUser(token.acceptedBy ?? '');
    if (user.dcId !== auth.dcId)
      return { _: 'auth.loginTokenMigrateTo', dcId: user.dcId, token: Buffer.from(name, 'hex') };
    tokens.delete(name);
    return { _: 'auth.loginTokenSuccess', authorization: signInOrAskPassword(deps, auth, user) };
  };

  serve.open('auth.exportLoginToken', ({ ctx, request }) => {
    const accepted = [...tokens].find(([, token]) => token.auth === ctx.auth && token.acceptedBy);
    if (accepted) return finish(...accepted, ctx.auth);
    for (const [name, token] of tokens) if (isExpired(token)) tokens.delete(name);
    const token = randomBytes(24);
    const expiresAtMs = Date.now() + signIn.qrTokenLifeMs;
    const exceptIds = longs(request, 'exceptIds');
    tokens.set(token.toString('hex'), { auth: ctx.auth, expiresAtMs, exceptIds, acceptedBy: undefined });
    return { _: 'auth.loginToken', expires: Math.ceil(expiresAtMs / 1000), token };
  });

  serve.open('auth.importLoginToken', ({ ctx, request }) => {
    const name = bytes(request, 'token').toString('hex');
    const token = tokens.get(name);
    if (!token?.acceptedBy) throw new RpcError(400, 'AUTH_TOKEN_INVALID');
    return finish(name, token, ctx.auth);
  });

  serve.account('auth.acceptLoginToken', ({ ctx, request, account }) => {
    const token = tokens.get(bytes(request, 'token').toString('hex'));
    if (!token) throw new RpcError(400, 'AUTH_TOKEN_INVALID');
    if (token.acceptedBy) throw new RpcError(400, 'AUTH_TOKEN_ALREADY_ACCEPTED');
    if (isExpired(token)) throw new RpcError(400, 'AUTH_TOKEN_EXPIRED');
    if (token.exceptIds.includes(BigInt(account.id))) throw new RpcError(400, 'AUTH_TOKEN_EXCEPTION');
    token.acceptedBy = account.id;
    server.push((auth) => auth === token.auth, {
      _: 'updateShort',
      update: { _: 'updateLoginToken' },
      date: seconds(new Date()),
    });
    return authorizationObject(token.auth, ctx.auth);
  });
}

function isExpired(token: LoginToken): boolean {
  return token.acceptedBy === undefined && token.expiresAtMs <= Date.now();
}
