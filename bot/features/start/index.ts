import { Composer } from 'grammy';
import type { BotContext } from '../../context.ts';
import type { BotDeps } from '../../deps.ts';
import { toMessage } from '../../screen.ts';
import { startScreen } from './view.ts';

/** `/start`: greets, offers the panel, and says plainly when somebody belongs to no workspace. */
export const startFeature = (deps: BotDeps): Composer<BotContext> => {
  const composer = new Composer<BotContext>();
  composer.chatType('private').command('start', async (ctx) => {
    const screen = startScreen(
      {
        firstName: ctx.from.first_name,
        workspaceName: ctx.operator?.workspaceName,
        miniappUrl: deps.miniappUrl,
      },
      ctx.t,
    );
    const { text, options } = toMessage(screen);
    await ctx.reply(text, options);
  });
  return composer;
};
