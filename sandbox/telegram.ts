import { createRsaKey, type RsaKey } from '#sandbox/crypto/rsa.ts';
import { createFaults, type Faults } from '#sandbox/faults/create-faults.ts';
import { createLedger, type Ledger } from '#sandbox/ledger/create-ledger.ts';
import { createLimits, type Limits } from '#sandbox/limits/create-limits.ts';
import { createMtprotoServer, type Endpoint, type MtprotoServer } from '#sandbox/mtproto/server.ts';
import type { SignInTimes } from '#sandbox/rpc/deps.ts';
import { registerRpc } from '#sandbox/rpc/register-rpc.ts';
import { mtcuteSchema, telegramSchema, teleprotoSchema } from '#sandbox/tl/layers.ts';
import type { Schema } from '#sandbox/tl/schema.ts';
import { createWorldClock, type WorldClock } from '#sandbox/world/clock.ts';
import { createWorld, type World } from '#sandbox/world/create-world.ts';
import { createLoginTokens, type LoginTokens } from './rpc/auth/login-tokens.ts';

export type OfflineTelegramOptions = {
  seed: string | number;
  /** Real time unless given. */
  clock?: WorldClock;
  world?: World;
  /** Data centres to open, each on the given port or a free one; 1, 2 and 4 by default. */
  dcs?: { id: number; port?: number }[];
  /** Layers to serve besides the installed `telegram`'s; the installed `@mtcute/core`'s and `teleproto`'s by default. */
  otherLayers?: Schema[];
  signIn?: Partial<SignInTimes>;
  /** False when a load is too long to keep its ledger in memory. */
  keepLedger?: boolean;
  gzipOverBytes?: number;
  /** False for clients of `teleproto`, which makes keys as Telegram does; see `MtprotoServerDeps`. */
  stripLeadingZeros?: boolean;
};

export type OfflineTelegram = {
  world: World;
  clock: WorldClock;
  ledger: Ledger;
  faults: Faults;
  limits: Limits;
  server: MtprotoServer;
  rsa: RsaKey;
  /** The QR codes clients show now, so that somebody outside may accept one. */
  loginTokens: LoginTokens;
  endpoints: Endpoint[];
  /** Methods that clients called and nobody serves, with how often; tests expect it empty. */
  unknownMethods: ReadonlyMap<string, number>;
  /** What handlers threw besides refusals, and answers the schema could not encode; tests expect none. */
  internalErrors: readonly { method: string; error: unknown }[];
  close(): Promise<void>;
};

/** Opens the MTProto side of an offline Telegram: a world behind several data centres on 127.0.0.1. */
export async function createOfflineTelegram(options: OfflineTelegramOptions): Promise<OfflineTelegram> {
  const clock = options.world?.clock ?? options.clock ?? createWorldClock();
  const world = options.world ?? createWorld({ seed: options.seed, clock });
  const ledger = createLedger({ clock, keep: options.keepLedger ?? true });
  const faults = createFaults();
  const limits = createLimits({ clock });
  const rsa = createRsaKey();
  const unknownMethods = new Map<string, number>();
  const internalErrors: { method: string; error: unknown }[] = [];
  const server = createMtprotoServer({
    rsa,
    schemas: [telegramSchema(), ...(options.otherLayers ?? [mtcuteSchema(), teleprotoSchema()])],
    ...(options.gzipOverBytes === undefined ? {} : { gzipOverBytes: options.gzipOverBytes }),
    ...(options.stripLeadingZeros === undefined ? {} : { stripLeadingZeros: options.stripLeadingZeros }),
    hooks: {
      decideFault: (ctx, method) => faults.decide(ctx, method),
      onCall: ledger.recordCall,
      onConnection: ledger.recordConnection,
      onUnknownMethod: (method) => unknownMethods.set(method, (unknownMethods.get(method) ?? 0) + 1),
      onInternalError: (method, error) => internalErrors.push({ method, error }),
    },
  });

  const signIn = { codeLifeMs: 300_000, qrTokenLifeMs: 30_000, ...options.signIn };
  const loginTokens = createLoginTokens(server, signIn.qrTokenLifeMs);
  const endpoints: Endpoint[] = [];
  const stopPushing = registerRpc({
    world,
    server,
    limits,
    dcs: () => endpoints.map(({ dcId, host, port }) => ({ id: dcId, host, port })),
    signIn,
    loginTokens,
  });
  try {
    for (const { id, port } of options.dcs ?? [{ id: 1 }, { id: 2 }, { id: 4 }])
      endpoints.push(await server.listen(id, port));
  } catch (error) {
    await server.close();
    throw error;
  }

  return {
    world,
    clock,
    ledger,
    faults,
    limits,
    server,
    rsa,
    loginTokens,
    endpoints,
    unknownMethods,
    internalErrors,
    async close() {
      stopPushing();
      await server.close();
    },
  };
}
