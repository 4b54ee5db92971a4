import { Composer } from 'grammy';
import type { User } from 'grammy/types';
import { allowContact, stopContact } from '#db/stopped-people.ts';
import { callbacks } from '../callbacks.ts';
import type { BotContext } from '../context.ts';
import type { BotDeps } from '../deps.ts';
import { showInPressed } from '../edited-message.ts';
import { type Screen, toMessage } from '../screen.ts';
import { identityOfSender } from '../sender-identity.ts';

/**
 * `/stop`, for everybody: Usher never contacts them again, in whatever workspace, until they take it back. Whoever blocks
 * the bot says the same, and takes it back with `/stop` and its button too, not by writing again.
 */
export const stopFeature = (deps: BotDeps): Composer<BotContext> => {
  const composer = new Composer<BotContext>();
  const { db, hashPerson, clock } = deps;
  const personOf = (sender: User) => ({ person: identityOfSender(sender), hashPerson });
  const undo = (ctx: BotContext): Screen => ({
    text: ctx.t('bot-stopped'),
    buttons: [[{ text: ctx.t('bot-stop-undo'), data: callbacks.undoStop }]],
  });

  composer.chatType('private').command('stop', async (ctx) => {
    await stopContact(db, { ...personOf(ctx.from), now: clock.now() });
    const { text, options } = toMessage(undo(ctx));
    await ctx.reply(text, options);
  });
  composer.chatType('private').on('my_chat_member', async (ctx) => {
    const { from, new_chat_member: now } = ctx.myChatMember;
    if (now.status === 'kicked') await stopContact(db, { ...personOf(from), now: clock.now() });
  });
  composer.callbackQuery(callbacks.undoStop, async (ctx) => {
    await allowContact(db, personOf(ctx.from));
    await ctx.answerCallbackQuery();
    await showInPressed(ctx, { text: ctx.t('bot-stop-undone'), buttons: [] });
  });
  return composer;
};
