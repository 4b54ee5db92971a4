import { createLimits } from '#sandbox/limits/create-limits.ts';
import type { AuthKey, Handler, HandlerResult, MtprotoServer } from '#sandbox/mtproto/server.ts';
import { registerRpc } from '#sandbox/rpc/register-rpc.ts';
import type { TlObject, TlValue } from '#sandbox/tl/object.ts';
import { createWorldClock } from '#sandbox/world/clock.ts';
import { createWorld, type World } from '#sandbox/world/create-world.ts';
import type { UserId } from '#sandbox/world/types.ts';
import { createLoginTokens } from '../auth/login-tokens.ts';

export type Stage = {
  world: World;
  methods(): string[];
  /** Calls a handler as a key of this layer; without a user the key is not signed in. */
  call(method: string, fields: Record<string, TlValue>, from: AuthKey): Promise<HandlerResult>;
  key(layer: number, userId?: UserId, dcId?: number): AuthKey;
  /** Everything that was pushed. */
  pushed: TlObject[];
};

/** The handlers without a wire: what they answer and push can be looked at before it is encoded. */
export function setStage(): Stage {
  const handlers = new Map<string, Handler>();
  const keys: AuthKey[] = [];
  const pushed: TlObject[] = [];
  const server: MtprotoServer = {
    on: (method, handler) => void handlers.set(method, handler),
    push: (match, updates) => void (keys.some(match) && pushed.push(updates)),
    keys: () => keys,
    connections: () => [],
    forgetKey: () => 0,
    listen: async (dcId) => ({ dcId, host: '127.0.0.1', port: 1 }),
    close: async () => {},
  };
  const world = createWorld({ seed: 1, clock: createWorldClock() });
  registerRpc({
    world,
    server,
    limits: createLimits({ clock: world.clock }),
    dcs: () => [1, 2, 4].map((id) => ({ id, host: '127.0.0.1', port: 1 })),
    signIn: { codeLifeMs: 60_000, qrTokenLifeMs: 60_000 },
    loginTokens: createLoginTokens(server, 60_000),
  });
  return {
    world,
    methods: () => [...handlers.keys()],
    async call(method, fields, auth) {
      const handler = handlers.get(method);
      if (!handler) throw new Error(`no handler for ${method}`);
      return handler({ auth, dcId: auth.dcId, connectionId: 'c', msgId: 1n }, { _: method, ...fields });
    },
    key(layer, userId, dcId = 2) {
      const id = String(keys.length + 1).padStart(16, '0');
      const createdAt = new Date();
      const auth: AuthKey = { id, dcId, layer, userId, pendingUserId: undefined, api: undefined, createdAt };
      keys.push(auth);
      return auth;
    },
    pushed,
  };
}
