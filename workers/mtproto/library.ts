import type { MtprotoLibrary } from '#core/telegram/mtproto-library.ts';

export type { Api as Tl, Connection, TelegramClient as Client } from 'telegram';

type Library = Awaited<ReturnType<typeof loadTelegram>>;

/**
 * What this room uses of its library. A process uses one: these are the values of the one loaded last, and undefined
 * before. The types are those of `telegram`, whose API its fork `teleproto` keeps; `library.test.ts` holds every
 * constructor named here to be the same in both layers.
 */
export let Api: Library['Api'];
export let TelegramClient: Library['TelegramClient'];
export let ConnectionTCPFull: Library['ConnectionTCPFull'];
export let StringSession: Library['StringSession'];
export let EntityCache: Library['EntityCache'];
export let Logger: Library['Logger'];
export let LogLevel: Library['LogLevel'];
export let errors: Library['errors'];
export let serverKeys: Library['serverKeys'];
export let computeCheck: Library['computeCheck'];
/** Whether an error of Telegram keeps its own text; `telegram` has another one for those it knows. */
export let keepsErrorTexts: boolean;

const loading: Partial<Record<MtprotoLibrary, Promise<Library>>> = {};

/** Loads the library and makes its values those of this module. The other one is never read from disk. */
export async function loadLibrary(name: MtprotoLibrary): Promise<void> {
  loading[name] ??= name === 'telegram' ? loadTelegram() : loadTeleproto();
  const library = await loading[name];
  Api = library.Api;
  TelegramClient = library.TelegramClient;
  ConnectionTCPFull = library.ConnectionTCPFull;
  StringSession = library.StringSession;
  EntityCache = library.EntityCache;
  Logger = library.Logger;
  LogLevel = library.LogLevel;
  errors = library.errors;
  serverKeys = library.serverKeys;
  computeCheck = library.computeCheck;
  keepsErrorTexts = name === 'teleproto';
}

async function loadTelegram() {
  // First: the library's modules import each other in a circle.
  const { Api, TelegramClient, Logger, errors } = await import('telegram');
  const { ConnectionTCPFull } = await import('telegram/network/index.js');
  const { StringSession } = await import('telegram/sessions/index.js');
  const { EntityCache } = await import('telegram/entityCache.js');
  const { LogLevel } = await import('telegram/extensions/Logger.js');
  const { _serverKeys: serverKeys } = await import('telegram/crypto/RSA.js');
  const { computeCheck } = await import('telegram/Password.js');
  return {
    ...{ Api, TelegramClient, ConnectionTCPFull, StringSession, EntityCache },
    ...{ Logger, LogLevel, errors, serverKeys, computeCheck },
  };
}

async function loadTeleproto(): Promise<Library> {
  const { Api, TelegramClient, Logger, errors } = await import('teleproto');
  const { ConnectionTCPFull } = await import('teleproto/network/index.js');
  const { StringSession } = await import('teleproto/sessions/index.js');
  const { EntityCache } = await import('teleproto/entityCache.js');
  const { LogLevel } = await import('teleproto/extensions/Logger.js');
  const { _serverKeys: serverKeys } = await import('teleproto/crypto/RSA.js');
  const { computeCheck } = await import('teleproto/Password.js');
  const library: Record<keyof Library, unknown> = {
    ...{ Api, TelegramClient, ConnectionTCPFull, StringSession, EntityCache },
    ...{ Logger, LogLevel, errors, serverKeys, computeCheck },
  };
  // A later layer has more fields and more members in its unions, so its types do not fit; what is used of them does.
  return library as Library;
}
