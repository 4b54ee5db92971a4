import { run } from '@grammyjs/runner';
import { GrammyError } from 'grammy';
import type { Clock } from '#core/clock.ts';
import type { Secret } from '#core/secret.ts';
import { createDb } from '#db/connect.ts';
import { listenForEvents } from '#db/events.ts';
import { createHashPerson } from '#db/person-hash.ts';
import { isAlert } from './alerts/alert-view.ts';
import { deliverAlert } from './alerts/deliver.ts';
import { createEventReader } from './alerts/event-reader.ts';
import { startNodeWatch } from './alerts/node-watch.ts';
import { publishCommands } from './commands.ts';
import { createBot } from './create-bot.ts';
import { deliverExport } from './deliver-export.ts';
import type { BotLog } from './deps.ts';
import { liveTasks } from './features/parse/index.ts';
import { refreshOffers } from './features/parse/offer.ts';
import { liveStatus } from './features/status/index.ts';
import { createLiveMessages } from './live-messages.ts';

export type BotConfig = {
  databaseUrl: string;
  token: Secret;
  /** Root of another Bot API server; undefined means Telegram's own. */
  apiUrl: string | undefined;
  miniappUrl: string | undefined;
  /** Hashes people who must not be contacted; the same as the server's and the workers'. */
  suppressionKey: Buffer;
  clock: Clock;
  log: BotLog;
};

/** Telegram does not accept the token; the message says what to do. */
export class BotTokenRefused extends Error {
  constructor() {
    super('The Bot API refuses BOT_TOKEN. Copy the token again from @BotFather and start once more.');
    this.name = 'BotTokenRefused';
  }
}

/** Starts the bot: answers people, keeps status messages true, sends alerts. Throws BotTokenRefused. */
export const startBot = async (config: BotConfig): Promise<{ username: string; stop(): Promise<void> }> => {
  const database = await createDb(config.databaseUrl, { role: 'usher_app', max: 4 });
  const { clock, miniappUrl, log } = config;
  const hashPerson = createHashPerson(config.suppressionKey);
  const deps = { db: database.db, clock, miniappUrl, hashPerson, log };
  const bot = createBot(deps, { token: config.token.reveal(), apiUrl: config.apiUrl });
  try {
    await bot.init();
    await publishCommands(bot, config.miniappUrl);
  } catch (error) {
    await database.close();
    throw error instanceof GrammyError && [401, 404].includes(error.error_code)
      ? new BotTokenRefused()
      : error;
  }

  const { username } = bot.botInfo;
  const live = createLiveMessages(deps, bot.api, [liveStatus(deps), liveTasks(deps, username)]);
  const reader = createEventReader(deps, async (event) => {
    if (isAlert(event)) await deliverAlert(deps, bot.api, username, event);
    if (event.kind === 'export.ready') {
      const { exportId } = event.payload;
      await deliverExport(deps, bot.api, { workspaceId: event.workspaceId, exportId });
    }
    if (event.kind === 'community.checked') {
      const { communityId } = event.payload;
      await refreshOffers(deps, bot.api, { workspaceId: event.workspaceId, communityId });
    }
    live.touch(event.workspaceId);
  });
  const stopListening = await listenForEvents(database.sql, reader.wake);
  reader.wake();
  const runner = run(bot);
  const watch = startNodeWatch(deps);

  return {
    username,
    async stop() {
      await watch.stop();
      if (runner.isRunning()) await runner.stop();
      await stopListening();
      await reader.stop();
      await live.stop();
      await database.close();
    },
  };
};
