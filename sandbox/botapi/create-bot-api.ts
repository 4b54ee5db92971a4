import { createHash } from 'node:crypto';
import type { World } from '#sandbox/world/create-world.ts';
import type { UserId } from '#sandbox/world/types.ts';
import { type BotAccount, createBotAccount } from './bot-account.ts';
import { BotApiError } from './bot-api-error.ts';
import { type BotFaults, createBotFaults } from './bot-faults.ts';
import { type BotRateLimiter, createBotRateLimiter } from './bot-rate-limits.ts';
import { createCallbackQueries } from './callback-queries.ts';
import { createFileStore, type FileStore } from './file-store.ts';
import type { Upload } from './http/read-parameters.ts';
import { type BotHttpServer, createBotHttpServer } from './http/serve.ts';
import type { BotServices, BotUser } from './method.ts';
import { METHODS } from './methods/registry.ts';
import { createTranscript, type Transcript } from './transcript.ts';
import { createEventProjection } from './updates/project-events.ts';
import { startWebhook } from './updates/webhook.ts';
import { messageView, userView } from './views.ts';

/** One call as it came in. */
export type IncomingCall = {
  bot: BotUser;
  method: string;
  values: Record<string, unknown>;
  uploads: Map<string, Upload>;
  signal: AbortSignal;
};

/** The Bot API of one offline Telegram, a projection of its world. */
export type BotApi = {
  /** Serves on 127.0.0.1, a free port unless told; answers the root for `client.apiRoot`. */
  listen(port?: number): Promise<{ url: string }>;
  /** Runs a method as HTTP would, without its faults. Throws BotApiError. */
  call(call: IncomingCall): Promise<unknown>;
  /** What is kept about a bot beside the world. */
  accountOf(bot: UserId): BotAccount;
  readonly files: FileStore;
  readonly faults: BotFaults;
  readonly limiter: BotRateLimiter;
  readonly transcript: Transcript;
  /** How often bots called something this server does not know, by name; empty in a healthy test. */
  readonly unknownMethods: ReadonlyMap<string, number>;
  /** Forgets everything but the world: settings, updates, webhooks, files, faults, transcript. Polls go on waiting. */
  reset(): void;
  close(): Promise<void>;
};

/** Builds it; updates are collected from now on, calls are served once `listen` is called. */
export function createBotApi({ world }: { world: World }): BotApi {
  const accounts = new Map<UserId, BotAccount>();
  const files = createFileStore();
  const faults = createBotFaults();
  const limiter = createBotRateLimiter();
  const callbacks = createCallbackQueries();
  const transcript = createTranscript(() => world.clock.now());
  const unknownMethods = new Map<string, number>();

  const accountOf = (bot: UserId): BotAccount => {
    const account = accounts.get(bot) ?? createBotAccount();
    accounts.set(bot, account);
    return account;
  };
  const push: Parameters<typeof createEventProjection>[0]['push'] = (bot, kind, payload) => {
    const update = accountOf(bot).queue.push(kind, payload);
    if (update) transcript.record({ kind: 'update', bot, update });
  };
  const stopProjecting = world.on(createEventProjection({ world, files, push }));
  world.onButton(({ bot, user, message, data }) => {
    const { id, answer } = callbacks.open();
    push(bot, 'callback_query', {
      id,
      from: userView(world.getUser(user)),
      message: messageView({ world, files, botId: bot }, message),
      chat_instance: chatInstance(world, bot, message.chat ?? user),
      data,
    });
    return answer;
  });

  const services: BotServices = {
    world,
    files,
    callbacks,
    limiter,
    setWebhook(bot, config) {
      const account = accountOf(bot.id);
      account.webhook?.stop();
      account.webhook = startWebhook(config, {
        queue: account.queue,
        callMethod: (method, values) =>
          api.call({ bot, method, values, uploads: new Map(), signal: AbortSignal.timeout(60_000) }),
        onDelivered: (update, status) =>
          transcript.record({ kind: 'delivery', bot: bot.id, updateId: update.update_id, status }),
      });
    },
  };

  let http: BotHttpServer | undefined;
  const api: BotApi = {
    async listen(port = 0) {
      http = createBotHttpServer({ world, api });
      return http.listen(port);
    },
    async call({ bot, method, values, uploads, signal }) {
      const known = METHODS.get(method.toLowerCase());
      if (!known) {
        unknownMethods.set(method, (unknownMethods.get(method) ?? 0) + 1);
        throw new BotApiError(404, 'Not Found: method not found');
      }
      const account = accountOf(bot.id);
      if (account.loggedOut) throw new BotApiError(400, 'Logged out');
      return known.run({ ...services, bot, account, uploads, signal }, values);
    },
    accountOf,
    files,
    faults,
    limiter,
    transcript,
    unknownMethods,
    reset() {
      for (const [bot, { webhook, queue }] of accounts) {
        webhook?.stop();
        queue.clear();
        accounts.set(bot, createBotAccount(queue));
      }
      callbacks.close();
      files.clear();
      faults.clear();
      limiter.reset();
      transcript.clear();
      unknownMethods.clear();
    },
    async close() {
      api.reset();
      stopProjecting();
      await http?.close();
    },
  };
  return api;
}

/** A number for each place a bot's buttons are in, the same for everybody there. */
function chatInstance(world: World, bot: UserId, place: string): string {
  const digest = createHash('sha256').update(`${world.seed}:${bot}:${place}`).digest();
  return digest.readBigInt64BE(0).toString();
}
