import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createAdaptorServer, type ServerType } from '@hono/node-server';
import type { Clock } from '#core/clock.ts';
import type { Secret } from '#core/secret.ts';
import { claimMessage } from '#core/team/deep-links.ts';
import { createClaimCode } from '#db/claim-codes.ts';
import { createDb } from '#db/connect.ts';
import type { Db } from '#db/context.ts';
import { lastPosition, listEvents, listenForEvents } from '#db/events.ts';
import { createHashPerson } from '#db/person-hash.ts';
import { listenForSignIns } from '#db/sign-ins.ts';
import { createWebhookSeal } from '#db/webhook-secret.ts';
import { createApp } from './app.ts';
import { createSessions } from './auth/sessions.ts';
import { createBotUsername } from './bot-username.ts';
import { createConnectLimits } from './connect/limits.ts';
import type { ServerLog } from './deps.ts';
import { createRateLimits } from './http/limit-calls.ts';
import { createEventHub } from './live/event-hub.ts';
import { createPageHub } from './live/page-hub.ts';
import { loadWebFiles } from './web-files.ts';
import { resolveHost } from './webhook-address.ts';

export type ServerConfig = {
  databaseUrl: string;
  botToken: Secret;
  /** Root of another Bot API server; undefined means Telegram's own. */
  botApiUrl: string | undefined;
  /** Hashes people who must not be contacted; what seals the secrets of webhooks is derived from it. */
  suppressionKey: Buffer;
  host: string;
  /** 0 takes a free one. */
  port: number;
  /** Whose limit policies are trusted. */
  policyKeys?: readonly Buffer[];
  clock: Clock;
  /** How many times as fast as real time the clock runs. */
  timeScale: number;
  /** A further origin that may frame the Mini App: the chat page of an offline Telegram. */
  hostOrigin: string | undefined;
  log: ServerLog;
  /** Where the built pages are; where `npm run build` puts them unless named. */
  webRoot?: string;
  connectRoot?: string;
};

/** Somebody else listens where the server should. */
export class PortTaken extends Error {
  constructor(port: number) {
    super(`Port ${port} is taken. Stop what listens there, or set PORT to another one.`);
    this.name = 'PortTaken';
  }
}

const CLAIM_LIFETIME_MS = 24 * 3_600_000;
const HEARTBEAT_MS = 15_000;
/** How long an answer under way may take once the server stops. */
const GRACE_MS = 3_000;
const builtWebRoot = fileURLToPath(new URL('../web/dist', import.meta.url));
const builtConnectRoot = fileURLToPath(new URL('../connect/dist', import.meta.url));

/** Serves the API and the Mini App. Throws `WebNotBuilt` and `PortTaken`, whose messages say what to do. */
export const startServer = async (config: ServerConfig): Promise<{ url: string; stop(): Promise<void> }> => {
  const { clock, timeScale, botToken, hostOrigin, log } = config;
  const web = {
    panel: await loadWebFiles(config.webRoot ?? builtWebRoot, hostOrigin),
    connect: await loadWebFiles(config.connectRoot ?? builtConnectRoot, undefined),
  };
  const { db, sql, close } = createDb(config.databaseUrl, {
    role: 'usher_app',
    policyKeys: config.policyKeys ?? [],
  });
  const ending: (() => Promise<unknown>)[] = [close];
  const stop = async () => {
    for (const end of ending.splice(0).reverse()) await end();
  };
  try {
    const hub = await createEventHub({
      readHead: () => lastPosition(db),
      listEvents: (query) => listEvents(db, query),
      onFailure: (err) => log.warn({ err }, 'events could not be read and are tried again'),
    });
    ending.push(() => hub.stop());
    ending.push(await listenForEvents(sql, hub.wake));
    hub.wake();
    const pageHub = createPageHub();
    ending.push(async () => pageHub.stop(), await listenForSignIns(sql, pageHub.hear));
    const realNow = () => new Date();
    const app = createApp({
      db,
      clock,
      timeScale,
      realNow,
      botToken,
      sessions: createSessions({ db, realNow }),
      limits: createRateLimits(),
      hashPerson: createHashPerson(config.suppressionKey),
      webhookSeal: createWebhookSeal(config.suppressionKey),
      resolveHost,
      botUsername: createBotUsername({ token: botToken, apiUrl: config.botApiUrl }),
      connectLimits: createConnectLimits(),
      hub,
      pageHub,
      heartbeatMs: HEARTBEAT_MS,
      log,
      web,
      hostOrigin,
    });
    const server = await listen(app.fetch, config);
    await tellHowToClaim(db, log);
    // The hub ends first, and with it the open streams, so that the server has nothing to wait for.
    ending.splice(1, 0, server.close);
    return { url: server.url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
};

/** Whoever reads the log of a fresh installation may become its owner. */
const tellHowToClaim = async (db: Db, log: ServerLog): Promise<void> => {
  const code = await createClaimCode(db, { lifetimeMs: CLAIM_LIFETIME_MS });
  if (!code) return;
  log.warn(
    {},
    `Nobody owns this Usher yet. Send this to the bot within a day to become the owner: ${claimMessage(code)}`,
  );
};

const listen = async (
  fetch: Parameters<typeof createAdaptorServer>[0]['fetch'],
  { host, port }: Pick<ServerConfig, 'host' | 'port'>,
): Promise<{ url: string; close(): Promise<void> }> => {
  const server = createAdaptorServer({ fetch });
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'EADDRINUSE' ? new PortTaken(port) : error),
    );
    server.listen(port, host, resolve);
  });
  const { port: taken } = server.address() as AddressInfo;
  const reachable = ['0.0.0.0', '::'].includes(host) ? '127.0.0.1' : host;
  return {
    url: `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${taken}`,
    close: () => endServer(server),
  };
};

/** Lets answers under way finish for a moment; a kept-alive connection is no reason to stay. */
const endServer = (server: ServerType): Promise<void> =>
  new Promise((resolve, reject) => {
    const sweep = setInterval(() => {
      if ('closeIdleConnections' in server) server.closeIdleConnections();
    }, 20);
    const deadline = setTimeout(() => {
      if ('closeAllConnections' in server) server.closeAllConnections();
    }, GRACE_MS);
    server.close((error) => {
      clearInterval(sweep);
      clearTimeout(deadline);
      if (error) reject(error);
      else resolve();
    });
  });
