import bigInt from 'big-integer';
import { offlineAddress, type TelegramConfig } from './config.ts';
import { type ConnectionWatch, watchedConnection } from './connection.ts';
import {
  type Client,
  EntityCache,
  Logger,
  LogLevel,
  StringSession,
  serverKeys,
  TelegramClient,
} from './library.ts';

/** The library always dials port 80 and cannot save a port above 32767, so 80 is what a session string carries. */
const SESSION_PORT = 80;
/** Where a first sign-in knocks; Telegram sends the caller on to the right data centre. */
const FIRST_DC = { id: 2, address: '149.154.167.50' };

const extendLibrary = () => {
  /** Keeps no entity: the library's own cache grows with every user it has ever decoded. */
  const ForgetfulCache = class extends EntityCache {
    override add(): void {}
  };
  return {
    base: TelegramClient,
    ForgetfulSession: class extends StringSession {
      override processEntities(): void {}
    },
    /** Its ping loop never starts: it cannot be stopped at once, and it reconnects behind our back. */
    QuietClient: class extends TelegramClient {
      override _entityCache = new ForgetfulCache();
      protected override _loopStarted = true;
    },
  };
};

let extended: ReturnType<typeof extendLibrary> | undefined;
/** Made once for each library, not for each client. */
const ours = () => {
  if (extended?.base !== TelegramClient) extended = extendLibrary();
  return extended;
};

/** A session string, or the data centre at which a new session begins. */
export type ClientStart = { session: string } | { dcId: number; address: string };

/** Where a new session begins: in offline mode at a data centre that exists there. */
export function firstDataCentre(config: TelegramConfig): { dcId: number; address: string } {
  if (!config.offline) return { dcId: FIRST_DC.id, address: FIRST_DC.address };
  const known = Object.keys(config.offline.dcMap).map(Number);
  const dcId = known.includes(FIRST_DC.id) ? FIRST_DC.id : Math.min(...known);
  return { dcId, address: '127.0.0.1' };
}

/**
 * A client that never sleeps, never resends and never reconnects by itself. Not connected yet. Production and offline
 * differ in two values only: the addresses and the trusted key.
 */
export function createClient(
  config: TelegramConfig,
  start: ClientStart,
  watch: Omit<ConnectionWatch, 'addressOf'>,
): Client {
  const offline = config.offline;
  if (offline) {
    const { fingerprint, n, e } = offline.trustedKey;
    serverKeys.set(fingerprint, { n: bigInt(n), e: Number(e) });
  }
  const { QuietClient } = ours();
  return new QuietClient(openSession(start), config.apiId, config.apiHash.reveal(), {
    connection: watchedConnection({
      ...watch,
      addressOf: offline ? (dcId) => offlineAddress(offline, dcId) : undefined,
    }),
    baseLogger: new Logger(LogLevel.NONE),
    floodSleepThreshold: 0,
    requestRetries: 1,
    connectionRetries: 1,
    reconnectRetries: 0,
    retryDelay: 0,
    autoReconnect: false,
    deviceModel: config.deviceModel ?? 'Usher',
    systemVersion: 'Node',
    appVersion: config.appVersion ?? '1.0',
  });
}

/** The session string of a connected client. A secret. */
export const sessionStringOf = (client: Client): string => String(client.session.save());

function openSession(start: ClientStart) {
  const { ForgetfulSession } = ours();
  if ('session' in start) return new ForgetfulSession(start.session);
  const session = new ForgetfulSession('');
  session.setDC(start.dcId, start.address, SESSION_PORT);
  return session;
}
