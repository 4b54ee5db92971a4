import { type Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { RpcError } from '#sandbox/mtproto/rpc-error.ts';
import { allowWriting } from '#sandbox/world/commands/allow-writing.ts';
import { blockUser, unblockUser } from '#sandbox/world/commands/block-user.ts';
import { joinByLink } from '#sandbox/world/commands/invite-links.ts';
import { joinChat } from '#sandbox/world/commands/join-chat.ts';
import { sendMessage } from '#sandbox/world/commands/send-message.ts';
import { findMessage } from '#sandbox/world/messages.ts';
import { runCustomMethod } from '../cloud-storage.ts';
import { block, customMethod, joining, loginAcceptance, ofBot, press, writtenMessage } from '../contract.ts';
import { ControlError, notFound } from '../control-error.ts';
import { describeConversation } from '../conversation.ts';
import type { ControlDeps } from '../deps.ts';
import { getBot, getUser } from '../peers.ts';
import { check } from '../read-body.ts';
import { watchConversation } from '../watch-conversation.ts';

/** What people do in their own Telegram app. */
export function userRoutes({ telegram, botApi }: ControlDeps) {
  const { world } = telegram;
  const userOf = (context: Context) => getUser(world, context.req.param('id') ?? '');

  return new Hono()
    .post('/:id/messages', check('json', writtenMessage), (context) => {
      const user = userOf(context);
      const body = context.req.valid('json');
      const bot = getBot(world, body.bot);
      const file =
        'document' in body
          ? botApi.files.put('document', {
              name: body.document.name,
              mimeType: body.document.mimeType,
              bytes: Buffer.from(body.document.base64, 'base64'),
            })
          : undefined;
      // Telegram's apps take the block back before they write.
      unblockUser(world, { user: user.id, blocked: bot.id });
      const message = sendMessage(world, {
        from: { user: user.id },
        to: { user: bot.id },
        text: body.text,
        ...(file && { media: { kind: 'document', fileId: file.fileId, name: file.name } }),
        ...(body.replyTo !== undefined && { replyTo: body.replyTo }),
      });
      return context.json({ messageId: message.id });
    })

    .post('/:id/press', check('json', press), async (context) => {
      const user = userOf(context);
      const body = context.req.valid('json');
      const bot = getBot(world, body.bot);
      const message = findMessage(world.privateMessages(user.id, bot.id), body.messageId);
      if (!message) throw notFound('message', String(body.messageId));
      const button = message.keyboard?.inline_keyboard
        .flat()
        .find(({ callback_data: data, text }) => data === body.button || text === body.button);
      if (!button) throw notFound('button', body.button);
      const { callback_data: data } = button;
      if (typeof data !== 'string') {
        throw new ControlError(409, 'button.not_callback', `${button.text} does not call the bot`);
      }
      const answer = await world.pressButton({ bot: bot.id, user: user.id, message, data });
      return context.json({ answered: answer !== undefined, ...answer });
    })

    .get('/:id/chats/:bot', (context) => {
      const bot = getBot(world, context.req.param('bot'));
      return context.json(describeConversation(world, botApi, userOf(context), bot));
    })

    .get('/:id/chats/:bot/live', (context) => {
      const user = userOf(context);
      const bot = getBot(world, context.req.param('bot'));
      return streamSSE(context, async (stream) => {
        const watch = watchConversation(world, botApi, user, bot);
        stream.onAbort(() => watch.stop());
        for await (const conversation of watch.changes) {
          await stream.writeSSE({ event: 'conversation', data: JSON.stringify(conversation) });
        }
      });
    })

    .post('/:id/accept-login', check('json', loginAcceptance), (context) => {
      const user = userOf(context);
      const { token } = context.req.valid('json');
      const bare = /[?&]token=([\w-]+)/.exec(token)?.[1] ?? token;
      try {
        const auth = telegram.loginTokens.accept(Buffer.from(bare, 'base64url'), user.id);
        return context.json({ session: auth.id });
      } catch (error) {
        if (!(error instanceof RpcError)) throw error;
        throw new ControlError(409, 'login.refused', error.message);
      }
    })

    .post('/:id/write-access', check('json', ofBot), (context) => {
      const message = allowWriting(world, {
        user: userOf(context).id,
        bot: getBot(world, context.req.valid('json').bot).id,
      });
      return context.json({ messageId: message.id });
    })

    .post('/:id/block', check('json', block), (context) => {
      const { bot, blocked } = context.req.valid('json');
      const parties = { user: userOf(context).id, blocked: getBot(world, bot).id };
      if (blocked) blockUser(world, parties);
      else unblockUser(world, parties);
      return context.body(null, 204);
    })

    .post('/:id/join', check('json', joining), (context) => {
      const user = userOf(context);
      const { chat: reference } = context.req.valid('json');
      const hash = /(?:\+|joinchat\/)([\w-]+)$/.exec(reference)?.[1];
      if (hash !== undefined) return context.json({ outcome: joinByLink(world, { hash, user: user.id }) });
      const found = world.findByUsername(reference);
      if (!found || !('chat' in found)) throw notFound('chat', reference);
      joinChat(world, { chat: found.chat.id, user: user.id });
      return context.json({ outcome: 'joined' as const });
    })

    .post('/:id/custom-methods', check('json', customMethod), (context) => {
      const { bot, method, params } = context.req.valid('json');
      const account = botApi.accountOf(getBot(world, bot).id);
      return context.json({ result: runCustomMethod(account, userOf(context).id, method, params) });
    });
}
