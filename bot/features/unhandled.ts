import { Composer } from 'grammy';
import type { BotContext } from '../context.ts';

/** Whatever nothing else understood: says what the bot does understand. */
export const unhandledFeature = (): Composer<BotContext> => {
  const composer = new Composer<BotContext>();
  composer.chatType('private').on('message', (ctx) => ctx.reply(ctx.t('bot-unhandled')));
  composer.on('callback_query', (ctx) => ctx.answerCallbackQuery(ctx.t('bot-button-outdated')));
  return composer;
};
