import { RpcError } from '#sandbox/mtproto/rpc-error.ts';
import type { TlObject } from '#sandbox/tl/object.ts';
import type { World } from '#sandbox/world/create-world.ts';
import { findMessage } from '#sandbox/world/messages.ts';
import type { Chat, Message, User } from '#sandbox/world/types.ts';
import type { RpcDeps } from '../deps.ts';
import { findObject, getObject, int, text } from '../fields.ts';
import { listMessages } from '../objects/entities.ts';
import { seconds } from '../objects/time.ts';
import { getPeerOf, getUserOf, type Peer } from '../peers.ts';
import type { Serve } from '../serve.ts';
import { pageMessages } from './page.ts';

/** Reading messages: history, search, threads and comments. */
export function serveReading(serve: Serve, { world }: RpcDeps): void {
  serve.account('messages.getHistory', ({ request, account }) => {
    const peer = getPeerOf(world, account, getObject(request, 'peer'));
    return messagesPage(world, account, peer, messagesOf(world, account, peer), request);
  });

  serve.account('messages.search', ({ request, account }) => {
    const peer = getPeerOf(world, account, getObject(request, 'peer'));
    const words = text(request, 'q').toLowerCase();
    const from = findObject(request, 'fromId');
    const author = from && getUserOf(world, account, from).id;
    const top = int(request, 'topMsgId');
    const minDate = int(request, 'minDate');
    const maxDate = int(request, 'maxDate') || Number.POSITIVE_INFINITY;
    const found = messagesOf(world, account, peer).filter(
      (message) =>
        message.text.toLowerCase().includes(words) &&
        (author === undefined || ('user' in message.from && message.from.user === author)) &&
        (top === 0 || message.thread === top) &&
        seconds(message.at) > minDate &&
        seconds(message.at) < maxDate,
    );
    return messagesPage(world, account, peer, found, request);
  });

  serve.account('messages.getReplies', ({ request, account }) => {
    const { group, top } = threadOf(world, account, request);
    const replies = group.threads.get(top.id) ?? [];
    return messagesPage(world, account, { chat: group }, replies, request, [top.forwardOf?.chat ?? group.id]);
  });

  serve.account('messages.getDiscussionMessage', ({ request, account }) => {
    const { group, top } = threadOf(world, account, request);
    const replies = group.threads.get(top.id) ?? [];
    const listed = listMessages(world, account.id, [top], [group.id]);
    return { _: 'messages.discussionMessage', maxId: replies.at(-1)?.id, unreadCount: 0, ...listed };
  });

  serve.account('messages.readHistory', ({ request, account }) => {
    getPeerOf(world, account, getObject(request, 'peer'));
    return { _: 'messages.affectedMessages', pts: world.state.nextMessageId, ptsCount: 0 };
  });
}

function messagesOf(world: World, account: User, peer: Peer): readonly Message[] {
  return 'chat' in peer ? peer.chat.messages : world.privateMessages(account.id, peer.user.id);
}

/**
 * The top message a request's peer and msgId stand for: a channel post's copy in the discussion group, or a group
 * message itself. Throws RpcError MSG_ID_INVALID, also for a channel without comments.
 */
function threadOf(world: World, account: User, request: TlObject): { group: Chat; top: Message } {
  const peer = getPeerOf(world, account, getObject(request, 'peer'));
  if ('user' in peer || peer.chat.kind === 'group') throw new RpcError(400, 'PEER_ID_INVALID');
  const isPost = peer.chat.kind === 'channel';
  const group = isPost ? world.findChat(peer.chat.linkedChat ?? '') : peer.chat;
  const msgId = int(request, 'msgId');
  const topId = isPost ? group?.postCopies.get(msgId) : msgId;
  const top = group && topId !== undefined ? findMessage(group.messages, topId) : undefined;
  if (!group || !top) throw new RpcError(400, 'MSG_ID_INVALID');
  return { group, top };
}

/** One page in the form each kind of conversation answers with. */
function messagesPage(
  world: World,
  account: User,
  peer: Peer,
  messages: readonly Message[],
  request: TlObject,
  alsoChats: string[] = [],
): TlObject {
  const page = pageMessages(messages, request);
  const count = messages.length;
  const chats = 'chat' in peer ? [peer.chat.id, ...alsoChats] : alsoChats;
  const listed = { ...listMessages(world, account.id, page, chats), topics: [] };
  if ('chat' in peer && peer.chat.kind !== 'group')
    return { _: 'messages.channelMessages', pts: peer.chat.nextMessageId, count, ...listed };
  return page.length === count
    ? { _: 'messages.messages', ...listed }
    : { _: 'messages.messagesSlice', count, ...listed };
}
