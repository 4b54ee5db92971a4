import { Composer, InputFile } from 'grammy';
import { callbacks } from '../../callbacks.ts';
import type { BotContext } from '../../context.ts';
import type { BotDeps } from '../../deps.ts';
import { showInPressed } from '../../edited-message.ts';
import { type Screen, toMessage } from '../../screen.ts';
import { identityOfSender } from '../../sender-identity.ts';
import { collectOwnData, complain, eraseOwnData } from './own-data.ts';
import { askErasureScreen, privacyScreen } from './view.ts';

/** `/privacy`, for everybody: what is kept, and for whoever writes a copy of it, its end, and a complaint. */
export const privacyFeature = (deps: BotDeps): Composer<BotContext> => {
  const composer = new Composer<BotContext>();
  composer.chatType('private').command('privacy', async (ctx) => {
    const { text, options } = toMessage(privacyScreen(ctx.t));
    await ctx.reply(text, options);
  });
  composer.callbackQuery(callbacks.exportOwnData, async (ctx) => {
    await ctx.answerCallbackQuery();
    const data = await collectOwnData(deps, identityOfSender(ctx.from));
    const file = new InputFile(Buffer.from(JSON.stringify(data, null, 2)), 'my-data.json');
    await ctx.replyWithDocument(file, { caption: ctx.t('bot-privacy-file') });
  });

  const onPress = (trigger: string, show: (ctx: BotContext) => Screen | Promise<Screen>) =>
    composer.callbackQuery(trigger, async (ctx) => {
      await ctx.answerCallbackQuery();
      await showInPressed(ctx, await show(ctx));
    });
  onPress(callbacks.showPrivacy, ({ t }) => privacyScreen(t));
  onPress(callbacks.askErasure, ({ t }) => askErasureScreen(t));
  onPress(callbacks.eraseOwnData, async (ctx) => {
    if (ctx.from) await eraseOwnData(deps, identityOfSender(ctx.from));
    return { text: ctx.t('bot-privacy-erased'), buttons: [] };
  });
  onPress(callbacks.complain, async (ctx) => {
    if (ctx.from) await complain(deps, identityOfSender(ctx.from));
    return { text: ctx.t('bot-privacy-complained'), buttons: [] };
  });
  return composer;
};
