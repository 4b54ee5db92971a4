import { RpcError } from '#sandbox/mtproto/rpc-error.ts';
import type { CallContext, HandlerResult } from '#sandbox/mtproto/server.ts';
import type { TlObject } from '#sandbox/tl/object.ts';
import { Refusal } from '#sandbox/world/refusal.ts';
import type { User } from '#sandbox/world/types.ts';
import type { RpcDeps } from './deps.ts';
import { getAccount } from './gate.ts';

export type OpenCall = { ctx: CallContext; request: TlObject };
export type AccountCall = OpenCall & { account: User };

type Answer = HandlerResult | Promise<HandlerResult>;

export type Serve = {
  /** A method for everybody, signed in or not. */
  open(method: string, handler: (call: OpenCall) => Answer): void;
  /** A method for signed-in accounts, behind the gate and the limit model. */
  account(method: string, handler: (call: AccountCall) => Answer): void;
};

/** Registers handlers so that a rule of the world that refuses is answered as Telegram's error. */
export function createServe(deps: RpcDeps): Serve {
  const { server, limits } = deps;
  return {
    open(method, handler) {
      server.on(method, (ctx, request) => refusing(() => handler({ ctx, request })));
    },
    account(method, handler) {
      server.on(method, (ctx, request) => {
        const account = getAccount(deps, ctx, method);
        const limited = limits.decide(account.id, method);
        if (limited) throw new RpcError(limited.code, limited.text);
        return refusing(() => handler({ ctx, request, account }));
      });
    },
  };
}

async function refusing(answer: () => Answer): Promise<HandlerResult> {
  try {
    return await answer();
  } catch (error) {
    if (error instanceof Refusal) throw new RpcError(error.code, error.text);
    throw error;
  }
}
