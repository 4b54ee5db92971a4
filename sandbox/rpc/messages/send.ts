import { RpcError } from '#sandbox/mtproto/rpc-error.ts';
import { unblockUser } from '#sandbox/world/commands/block-user.ts';
import { sendMessage } from '#sandbox/world/commands/send-message.ts';
import { findMessage } from '#sandbox/world/messages.ts';
import type { Message } from '#sandbox/world/types.ts';
import type { RpcDeps } from '../deps.ts';
import { bytes, findObject, getObject, int, long, text } from '../fields.ts';
import { listMessages } from '../objects/entities.ts';
import { seconds } from '../objects/time.ts';
import { updatesObject } from '../objects/updates-object.ts';
import { getPeerOf, getUserOf, type Peer } from '../peers.ts';
import type { Serve } from '../serve.ts';

/** Writing messages and talking to bots. */
export function serveSending(serve: Serve, { world }: RpcDeps): void {
  const sent = (viewer: string, peer: Peer, message: Message, randomId: bigint) => {
    if ('user' in peer)
      return {
        _: 'updateShortSentMessage',
        out: true,
        id: message.id,
        pts: message.id + 1,
        ptsCount: 1,
        date: seconds(message.at),
      };
    const { messages, chats, users } = listMessages(world, viewer, [message]);
    const isGroup = peer.chat.kind === 'group';
    return updatesObject(world, {
      updates: [
        { _: 'updateMessageID', id: message.id, randomId },
        ...messages.map((object) => ({
          _: isGroup ? 'updateNewMessage' : 'updateNewChannelMessage',
          message: object,
          pts: message.id + 1,
          ptsCount: 1,
        })),
      ],
      users,
      chats,
    });
  };

  serve.account('messages.sendMessage', ({ request, account }) => {
    const peer = getPeerOf(world, account, getObject(request, 'peer'));
    const randomId = long(request, 'randomId');
    const replyTo = int(findObject(request, 'replyTo') ?? request, 'replyToMsgId');
    const message = sendMessage(world, {
      from: { user: account.id },
      to: 'chat' in peer ? { chat: peer.chat.id } : { user: peer.user.id },
      text: text(request, 'message').trim(),
      randomId: String(randomId),
      ...(replyTo === 0 ? {} : { replyTo }),
    });
    return sent(account.id, peer, message, randomId);
  });

  serve.account('messages.startBot', ({ request, account }) => {
    const bot = getUserOf(world, account, getObject(request, 'bot'));
    if (!bot.bot) throw new RpcError(400, 'BOT_INVALID');
    const parameter = text(request, 'startParam');
    const randomId = long(request, 'randomId');
    unblockUser(world, { user: account.id, blocked: bot.id });
    const message = sendMessage(world, {
      from: { user: account.id },
      to: { user: bot.id },
      text: parameter === '' ? '/start' : `/start ${parameter}`,
      randomId: String(randomId),
    });
    return sent(account.id, { user: bot }, message, randomId);
  });

  serve.account('messages.getBotCallbackAnswer', async ({ request, account }) => {
    const peer = getPeerOf(world, account, getObject(request, 'peer'));
    const messages = 'chat' in peer ? peer.chat.messages : world.privateMessages(account.id, peer.user.id);
    const message = findMessage(messages, int(request, 'msgId'));
    if (!message || !('user' in message.from)) throw new RpcError(400, 'MESSAGE_ID_INVALID');
    const answer = await world.pressButton({
      bot: message.from.user,
      user: account.id,
      message,
      data: bytes(request, 'data').toString(),
    });
    if (!answer) throw new RpcError(400, 'BOT_RESPONSE_TIMEOUT');
    return {
      _: 'messages.botCallbackAnswer',
      alert: answer.alert === true,
      message: answer.text,
      hasUrl: answer.url !== undefined,
      url: answer.url,
      cacheTime: 0,
    };
  });
}
