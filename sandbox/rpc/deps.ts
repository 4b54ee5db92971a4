import type { Limits } from '#sandbox/limits/create-limits.ts';
import type { MtprotoServer } from '#sandbox/mtproto/server.ts';
import type { World } from '#sandbox/world/create-world.ts';
import type { LoginTokens } from './auth/login-tokens.ts';

/** What the handlers stand on. */
export type RpcDeps = {
  world: World;
  server: MtprotoServer;
  limits: Limits;
  /** Every data centre a client may be sent to. */
  dcs: () => { id: number; host: string; port: number }[];
  signIn: SignInTimes;
  loginTokens: LoginTokens;
};

/** Real time: a person types the code and points a camera. */
export type SignInTimes = {
  codeLifeMs: number;
  qrTokenLifeMs: number;
};
