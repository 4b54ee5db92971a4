import type { Clock } from '#core/clock.ts';
import type { Secret } from '#core/secret.ts';
import type { Db } from '#db/context.ts';
import type { HashPerson } from '#db/person-hash.ts';
import type { WebhookSeal } from '#db/webhook-secret.ts';
import type { RateLimit } from './auth/rate-limit.ts';
import type { Sessions } from './auth/sessions.ts';
import type { RateLimits } from './http/limit-calls.ts';
import type { EventHub } from './live/event-hub.ts';
import type { PageHub } from './live/page-hub.ts';
import type { WebFiles } from './web-files.ts';
import type { ResolveHost } from './webhook-address.ts';

/** The part of the process logger the server needs. */
export type ServerLog = {
  info(fields: object, message: string): void;
  warn(fields: object, message: string): void;
  error(fields: object, message: string): void;
};

/** What the app is made of; everything is handed over as a value. */
export type ServerDeps = {
  db: Db;
  /** Business time, for what people see. */
  clock: Clock;
  /** How many times as fast as real time it runs. */
  timeScale: number;
  /** Real time, for launches and sessions. */
  realNow: () => Date;
  botToken: Secret;
  sessions: Sessions;
  limits: RateLimits;
  hashPerson: HashPerson;
  /** Keeps the secrets of webhooks. */
  webhookSeal: WebhookSeal;
  resolveHost: ResolveHost;
  /** The bot's name at Telegram, for links into its chat. Throws `bot.unreachable`. */
  botUsername: () => Promise<string>;
  /** Of the page that connects accounts: links by operator, openings by address, all else by page. */
  connectLimits: Record<'link' | 'open' | 'live' | 'start' | 'answer', RateLimit>;
  hub: EventHub;
  pageHub: PageHub;
  /** Between two signs of life on an open event stream. */
  heartbeatMs: number;
  log: ServerLog;
  /** Undefined serves the API alone. */
  web: { panel: WebFiles; connect: WebFiles } | undefined;
  /** A further origin that may frame the Mini App, beside Telegram's own. */
  hostOrigin: string | undefined;
};
