import { RpcError } from '#sandbox/mtproto/rpc-error.ts';
import { findMessage } from '#sandbox/world/messages.ts';
import type { RpcDeps } from '../deps.ts';
import { findObject, getObject, int, text } from '../fields.ts';
import { chatObject } from '../objects/chat-object.ts';
import { seconds } from '../objects/time.ts';
import { userObject } from '../objects/user-object.ts';
import { getChatPeer } from '../peers.ts';
import type { Serve } from '../serve.ts';

const mostPerPage = 100;

/** Who reacted to a message, the latest first; channels do not tell (core.telegram.org/api/reactions). */
export function serveReactions(serve: Serve, { world }: RpcDeps): void {
  serve.account('messages.getMessageReactionsList', ({ request, account }) => {
    const { chat } = getChatPeer(world, account, getObject(request, 'peer'));
    if (chat.kind === 'channel') throw new RpcError(403, 'BROADCAST_FORBIDDEN');
    const message = findMessage(chat.messages, int(request, 'id'));
    if (!message) throw new RpcError(400, 'MSG_ID_INVALID');
    const wanted = findObject(request, 'reaction');
    const emoji = wanted && text(wanted, 'emoticon');
    const all = [...(message.reactions ?? [])]
      .filter(([, reaction]) => emoji === undefined || reaction.emoji === emoji)
      .reverse();
    const from = Number(text(request, 'offset') || 0);
    const to = from + Math.min(int(request, 'limit') || mostPerPage, mostPerPage);
    const page = all.slice(from, to);
    return {
      _: 'messages.messageReactionsList',
      count: all.length,
      reactions: page.map(([user, reaction]) => ({
        _: 'messagePeerReaction',
        peerId: { _: 'peerUser', userId: BigInt(user) },
        date: seconds(reaction.at),
        reaction: { _: 'reactionEmoji', emoticon: reaction.emoji },
      })),
      chats: [chatObject(world, account.id, chat)],
      users: page.map(([user]) =>
        userObject(world, account.id, world.getUser(user), { isMin: !world.hasMet(account.id, user) }),
      ),
      nextOffset: to < all.length ? String(to) : undefined,
    };
  });
}
