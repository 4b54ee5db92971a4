import type { World } from '../create-world.ts';
import { hasRight } from '../membership.ts';
import { conversationOf, threadOfReply } from '../messages.ts';
import { Refusal } from '../refusal.ts';
import type { Chat, ChatId, Message, UserId } from '../types.ts';
import { meetUsers } from './meet-users.ts';

export type NewMessage = {
  /** A chat writes as itself: anonymous admins, send-as channels, channel posts. */
  from: Message['from'];
  /** Who really sends when `from` is a chat; their rights are checked. Absent only in scenarios. */
  by?: UserId;
  /** Where to: a chat or a user. */
  to: { chat: ChatId } | { user: UserId };
  text: string;
  /** The sender's own number for this message: a second message of the same number is the first one. */
  randomId?: string;
  at?: Date;
} & Partial<Pick<Message, 'keyboard' | 'replyTo' | 'media' | 'entities' | 'forwardFrom'>>;

const longestText = 4096;

/**
 * Sends a message and returns it; the same sender's same `randomId` returns the earlier one and sends nothing.
 * A channel post is copied into the discussion group. Throws Refusal with Telegram's reason.
 */
export function sendMessage(world: World, message: NewMessage): Message {
  const sender = message.by ?? ('user' in message.from ? message.from.user : undefined);
  const sentKey = message.randomId === undefined ? undefined : `${sender}:${message.randomId}`;
  const earlier = sentKey === undefined ? undefined : world.state.sent.get(sentKey);
  if (earlier) return earlier;
  if (message.text === '' && !message.media) throw new Refusal(400, 'MESSAGE_EMPTY');
  if (message.text.length > longestText) throw new Refusal(400, 'MESSAGE_TOO_LONG');

  const sent =
    'chat' in message.to
      ? sendToChat(world, world.getChat(message.to.chat), message, sender)
      : sendToUser(world, message.to.user, message);
  if (sentKey !== undefined) world.state.sent.set(sentKey, sent);
  world.emit({
    kind: 'message_sent',
    message: sent,
    ...(message.randomId === undefined ? {} : { randomId: message.randomId }),
  });
  if (sent.chat !== undefined) copyToDiscussion(world, world.getChat(sent.chat), sent);
  return sent;
}

function sendToChat(world: World, chat: Chat, message: NewMessage, sender: UserId | undefined): Message {
  if (sender !== undefined) assertMayWrite(chat, sender, message.replyTo);
  const id = chat.kind === 'group' ? world.state.nextMessageId++ : chat.nextMessageId++;
  const from: Message['from'] = chat.kind === 'channel' ? { chat: chat.id } : message.from;
  const thread = threadOfReply(chat, message.replyTo);
  const sent = build(world, message, { id, from, chat: chat.id, peer: undefined });
  if (thread !== undefined) {
    sent.thread = thread;
    const replies = chat.threads.get(thread) ?? [];
    replies.push(sent);
    chat.threads.set(thread, replies);
  }
  chat.messages.push(sent);
  return sent;
}

function sendToUser(world: World, to: UserId, message: NewMessage): Message {
  if (!('user' in message.from)) throw new Refusal(400, 'SEND_AS_PEER_INVALID');
  const from = message.from.user;
  const recipient = world.getUser(to);
  if (recipient.deleted) throw new Refusal(400, 'INPUT_USER_DEACTIVATED');
  if (world.hasBlocked(to, from)) throw new Refusal(403, 'USER_IS_BLOCKED');
  if (world.hasBlocked(from, to)) throw new Refusal(400, 'YOU_BLOCKED_USER');
  if (world.getUser(from).bot && !mayBotWrite(world, from, to)) throw new Refusal(400, 'PEER_ID_INVALID');
  const id = world.state.nextMessageId++;
  const sent = build(world, message, { id, from: message.from, chat: undefined, peer: to });
  conversationOf(world, from, to).push(sent);
  meetUsers(world, { viewer: from, users: [to] });
  meetUsers(world, { viewer: to, users: [from] });
  return sent;
}

type Placed = Pick<Message, 'id' | 'from' | 'chat' | 'peer'>;

function build(
  world: World,
  { text, at, keyboard, replyTo, media, entities, forwardFrom }: NewMessage,
  placed: Placed,
): Message {
  return {
    ...placed,
    text,
    at: at ?? world.clock.now(),
    ...(keyboard ? { keyboard } : {}),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(media ? { media } : {}),
    ...(entities?.length ? { entities } : {}),
    ...(forwardFrom === undefined ? {} : { forwardFrom }),
  };
}

function assertMayWrite(chat: Chat, sender: UserId, replyTo: number | undefined): void {
  if (chat.kicked.has(sender)) throw new Refusal(400, 'USER_BANNED_IN_CHANNEL');
  if (chat.kind === 'channel') {
    if (!hasRight(chat, sender, 'postMessages')) throw new Refusal(400, 'CHAT_ADMIN_REQUIRED');
    return;
  }
  // Anybody who sees a channel may comment its posts without joining the discussion group.
  const isComment = chat.linkedChat !== undefined && replyTo !== undefined;
  if (!chat.members.has(sender) && !isComment) throw new Refusal(403, 'CHAT_WRITE_FORBIDDEN');
}

/** Bots cannot begin a conversation; a join request opens one too (core.telegram.org/bots/api#chatjoinrequest). */
function mayBotWrite(world: World, bot: UserId, user: UserId): boolean {
  if (world.privateMessages(bot, user).length > 0) return true;
  for (const chat of world.listChats()) if (chat.joinRequests.has(user) && chat.admins.has(bot)) return true;
  return false;
}

function copyToDiscussion(world: World, channel: Chat, post: Message): void {
  if (channel.kind !== 'channel' || channel.linkedChat === undefined) return;
  const group = world.getChat(channel.linkedChat);
  const copy: Message = {
    ...post,
    id: group.nextMessageId++,
    chat: group.id,
    forwardOf: { chat: channel.id, messageId: post.id },
  };
  group.messages.push(copy);
  group.postCopies.set(post.id, copy.id);
  world.emit({ kind: 'message_sent', message: copy });
}
