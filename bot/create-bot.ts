import { autoRetry } from '@grammyjs/auto-retry';
import { sequentialize } from '@grammyjs/runner';
import { Bot } from 'grammy';
import type { BotContext } from './context.ts';
import type { BotDeps } from './deps.ts';
import { accountsFeature } from './features/accounts/index.ts';
import { auditFeature } from './features/audit.ts';
import { parseFeature } from './features/parse/index.ts';
import { privacyFeature } from './features/privacy/index.ts';
import { startFeature } from './features/start/index.ts';
import { statusFeature } from './features/status/index.ts';
import { stopFeature } from './features/stop.ts';
import { teamFeature } from './features/team/index.ts';
import { unhandledFeature } from './features/unhandled.ts';
import { answerFailure } from './middleware/boundary.ts';
import { recogniseOperator } from './middleware/operator.ts';

/** The bot, top to bottom: one update at a time per chat, who writes, what they want, whatever is left. */
export const createBot = (
  deps: BotDeps,
  telegram: { token: string; apiUrl: string | undefined },
): Bot<BotContext> => {
  const bot = new Bot<BotContext>(
    telegram.token,
    telegram.apiUrl ? { client: { apiRoot: telegram.apiUrl } } : {},
  );
  bot.api.config.use(autoRetry({ maxRetryAttempts: 3, maxDelaySeconds: 60 }));
  bot.catch(answerFailure(deps));
  bot.use(sequentialize((ctx) => ctx.chat && String(ctx.chat.id)));
  bot.use(recogniseOperator(deps));
  bot.use(startFeature(deps));
  bot.use(stopFeature(deps));
  bot.use(privacyFeature(deps));
  bot.use(statusFeature(deps));
  bot.use(accountsFeature(deps));
  bot.use(parseFeature(deps));
  bot.use(teamFeature(deps));
  bot.use(auditFeature(deps));
  bot.use(unhandledFeature());
  return bot;
};
