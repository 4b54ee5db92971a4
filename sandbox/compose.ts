import { type BotApi, createBotApi } from './botapi/create-bot-api.ts';
import { createLaunchKey } from './botapi/launch.ts';
import { createControlServer } from './control/create-control.ts';
import { type Cast, loadScenario, type Scenario } from './scenarios/load-scenario.ts';
import { createOfflineTelegram, type OfflineTelegram } from './telegram.ts';
import { createWorldClock } from './world/clock.ts';

export type SandboxOptions = {
  seed: string | number;
  /** Business milliseconds per real one; 3600 makes a second an hour. 1 by default. */
  scale?: number;
  /** Where business time starts; real now by default. */
  epochMs?: number;
  /** Who and what there is; the demo by default. */
  scenario?: Scenario;
  /** Free ports unless named; data centres by id. */
  ports?: { dcs?: Record<number, number>; botApi?: number; control?: number };
  /** Appends the ledger to this file. */
  ledgerFile?: string;
  /** False when a load is too long to keep its ledger in memory. */
  keepLedger?: boolean;
  telegram?: Pick<Parameters<typeof createOfflineTelegram>[0], 'signIn' | 'otherLayers' | 'gzipOverBytes'>;
};

/** Where everything is: what another process needs to use the sandbox. */
export type SandboxAddresses = {
  dcs: { id: number; host: string; port: number }[];
  /** Decimal strings; the fingerprint is signed. */
  rsaPublicKey: { fingerprint: string; n: string; e: string };
  /** `client.apiRoot` of a bot. */
  botApi: { url: string };
  control: { url: string };
  /** The page of a chat with a bot: `<url>/chat?user=…&bot=…`. */
  web: { url: string };
  /** How to compute business time: epochMs + (real now - epochMs) * scale, until control changes it. */
  time: { scale: number; epochMs: number };
  /** Ed25519, hex: stands for Telegram's key in third-party checks of init data. */
  launchPublicKey: string;
};

export type Sandbox = OfflineTelegram &
  SandboxAddresses & {
    /** The addresses alone, as the sandbox's process prints them. */
    addresses: SandboxAddresses;
    /** The Bot API itself, for tests in the same process. */
    bots: BotApi;
    cast(): Cast;
    /** Empties everything, ends every session and loads a scenario: the given one, or the first again. Business time goes on. */
    reset(scenario?: Scenario): Cast;
  };

const DC_IDS = [1, 2, 4];

/** A whole offline Telegram on loopback: data centres, Bot API, control and the chat page on one world. */
export async function createSandbox(options: SandboxOptions): Promise<Sandbox> {
  const { seed, ports = {}, scenario = { name: 'demo' } } = options;
  const clock = createWorldClock({
    ...(options.scale !== undefined && { scale: options.scale }),
    ...(options.epochMs !== undefined && { epochMs: options.epochMs }),
  });
  const telegram = await createOfflineTelegram({
    ...options.telegram,
    seed,
    clock,
    dcs: DC_IDS.map((id) => ({ id, port: ports.dcs?.[id] ?? 0 })),
    keepLedger: options.keepLedger ?? true,
  });
  const { world, ledger, faults, limits, server } = telegram;
  const botApi = createBotApi({ world });
  const endLedgerFile = options.ledgerFile === undefined ? undefined : ledger.writeTo(options.ledgerFile);
  let cast = loadScenario(world, scenario);

  const reset = (next: Scenario = scenario): Cast => {
    server.forgetKey(() => true);
    faults.clear();
    limits.configure([]);
    botApi.reset();
    ledger.clear();
    world.reset();
    cast = loadScenario(world, next);
    return cast;
  };
  const launchKey = createLaunchKey(String(seed));
  const control = createControlServer({ telegram, botApi, launchKey, cast: () => cast, reset });

  const close = async () => {
    await control.close();
    await botApi.close();
    await telegram.close();
    await endLedgerFile?.();
  };
  try {
    const botApiAddress = await botApi.listen(ports.botApi);
    const controlAddress = await control.listen(ports.control);
    const { fingerprint, modulus, exponent } = telegram.rsa;
    const addresses: SandboxAddresses = {
      dcs: telegram.endpoints.map(({ dcId, host, port }) => ({ id: dcId, host, port })),
      rsaPublicKey: { fingerprint: String(fingerprint), n: String(modulus), e: String(exponent) },
      botApi: botApiAddress,
      control: controlAddress,
      web: controlAddress,
      time: { scale: clock.scale, epochMs: clock.epochMs },
      launchPublicKey: launchKey.publicKeyHex,
    };
    return { ...telegram, ...addresses, addresses, bots: botApi, cast: () => cast, reset, close };
  } catch (error) {
    await close();
    throw error;
  }
}
