import { randomBytes } from 'node:crypto';
import { RpcError } from '#sandbox/mtproto/rpc-error.ts';
import type { AuthKey, MtprotoServer } from '#sandbox/mtproto/server.ts';
import type { UserId } from '#sandbox/world/types.ts';
import { seconds } from '../objects/time.ts';

export type LoginToken = {
  /** The key that shows the code and waits. */
  auth: AuthKey;
  expiresAtMs: number;
  exceptIds: bigint[];
  acceptedBy: UserId | undefined;
};

/** The QR codes being shown, by the token in them. Tokens live in real time. */
export type LoginTokens = {
  issue(auth: AuthKey, exceptIds: bigint[]): { token: Buffer; expiresAtMs: number };
  find(token: Buffer): LoginToken | undefined;
  findAcceptedFor(auth: AuthKey): { token: Buffer; login: LoginToken } | undefined;
  forget(token: Buffer): void;
  /**
   * An account lets the waiting client in, which is told by an update; returns that client's key.
   * Throws RpcError AUTH_TOKEN_INVALID, AUTH_TOKEN_ALREADY_ACCEPTED, AUTH_TOKEN_EXPIRED, AUTH_TOKEN_EXCEPTION.
   */
  accept(token: Buffer, account: UserId): AuthKey;
};

export function createLoginTokens(server: MtprotoServer, lifeMs: number): LoginTokens {
  const logins = new Map<string, LoginToken>();
  return {
    issue(auth, exceptIds) {
      for (const [name, login] of logins) if (isExpired(login)) logins.delete(name);
      const token = randomBytes(24);
      const expiresAtMs = Date.now() + lifeMs;
      logins.set(token.toString('hex'), { auth, expiresAtMs, exceptIds, acceptedBy: undefined });
      return { token, expiresAtMs };
    },
    find: (token) => logins.get(token.toString('hex')),
    findAcceptedFor(auth) {
      for (const [name, login] of logins)
        if (login.auth === auth && login.acceptedBy) return { token: Buffer.from(name, 'hex'), login };
      return undefined;
    },
    forget: (token) => void logins.delete(token.toString('hex')),
    accept(token, account) {
      const login = logins.get(token.toString('hex'));
      if (!login) throw new RpcError(400, 'AUTH_TOKEN_INVALID');
      if (login.acceptedBy) throw new RpcError(400, 'AUTH_TOKEN_ALREADY_ACCEPTED');
      if (isExpired(login)) throw new RpcError(400, 'AUTH_TOKEN_EXPIRED');
      if (login.exceptIds.includes(BigInt(account))) throw new RpcError(400, 'AUTH_TOKEN_EXCEPTION');
      login.acceptedBy = account;
      server.push((auth) => auth === login.auth, {
        _: 'updateShort',
        update: { _: 'updateLoginToken' },
        date: seconds(new Date()),
      });
      return login.auth;
    },
  };
}

function isExpired(login: LoginToken): boolean {
  return login.acceptedBy === undefined && login.expiresAtMs <= Date.now();
}
