import type { TlObject } from '#sandbox/tl/object.ts';
import type { World } from '#sandbox/world/create-world.ts';
import type { Chat, InlineKeyboard, Message, UserId } from '#sandbox/world/types.ts';
import { chatPeer } from './chat-object.ts';
import { entityObject } from './entity-object.ts';
import { seconds } from './time.ts';

/** A message as `viewer` sees it. */
export function messageObject(world: World, viewer: UserId, message: Message): TlObject {
  const chat = message.chat === undefined ? undefined : world.getChat(message.chat);
  const isOut = 'user' in message.from && message.from.user === viewer;
  const head = {
    id: message.id,
    out: isOut,
    post: chat?.kind === 'channel',
    fromId: authorPeer(world, message, chat, isOut),
    peerId: chat ? chatPeer(chat) : userPeer(otherSide(message, viewer)),
    date: seconds(message.at),
  };
  if (message.service)
    return { _: 'messageService', ...head, action: { _: 'messageActionBotAllowed', fromRequest: true } };
  return {
    _: 'message',
    ...head,
    entities: message.entities?.flatMap((entity) => entityObject(entity) ?? []),
    editDate: message.editedAt && seconds(message.editedAt),
    message: message.text,
    fwdFrom: forwardObject(message),
    replyTo: replyObject(message),
    replies: chat && repliesObject(world, chat, message),
    views: chat?.kind === 'channel' ? 1 : undefined,
    forwards: chat?.kind === 'channel' ? 0 : undefined,
    reactions: chat && reactionsObject(chat, message),
    media: message.media && mediaObject(message.media, message.at),
    replyMarkup: message.keyboard && keyboardObject(message.keyboard),
  };
}

function userPeer(user: UserId): TlObject {
  return { _: 'peerUser', userId: BigInt(user) };
}

function otherSide(message: Message, viewer: UserId): UserId {
  const sender = 'user' in message.from ? message.from.user : viewer;
  return sender === viewer ? (message.peer ?? viewer) : sender;
}

/** Posts have no author, and the author of a private message that came in is its peer. */
function authorPeer(
  world: World,
  message: Message,
  chat: Chat | undefined,
  isOut: boolean,
): TlObject | undefined {
  if (chat?.kind === 'channel' || (!chat && !isOut)) return undefined;
  return 'user' in message.from ? userPeer(message.from.user) : chatPeer(world.getChat(message.from.chat));
}

function forwardObject(message: Message): TlObject | undefined {
  const { forwardOf: from, forwardFrom } = message;
  if (forwardFrom !== undefined)
    return { _: 'messageFwdHeader', fromId: userPeer(forwardFrom), date: seconds(message.at) };
  if (!from) return undefined;
  const channel = { _: 'peerChannel', channelId: BigInt(from.chat) };
  return {
    _: 'messageFwdHeader',
    fromId: channel,
    date: seconds(message.at),
    channelPost: from.messageId,
    savedFromPeer: channel,
    savedFromMsgId: from.messageId,
  };
}

function replyObject({ replyTo, thread }: Message): TlObject | undefined {
  if (replyTo === undefined) return undefined;
  return {
    _: 'messageReplyHeader',
    replyToMsgId: replyTo,
    replyToTopId: thread === replyTo ? undefined : thread,
  };
}

/** Comments of a channel post, counted in its discussion group, or the thread a group message began. */
function repliesObject(world: World, chat: Chat, message: Message): TlObject | undefined {
  const group = chat.kind === 'channel' ? world.findChat(chat.linkedChat ?? '') : undefined;
  const threads = group ?? (chat.kind === 'supergroup' ? chat : undefined);
  const top = group ? group.postCopies.get(message.id) : message.id;
  const thread = top === undefined ? undefined : threads?.threads.get(top);
  if (!thread && !group) return undefined;
  return {
    _: 'messageReplies',
    comments: group !== undefined,
    channelId: group ? BigInt(group.id) : undefined,
    replies: thread?.length ?? 0,
    repliesPts: (group ?? chat).nextMessageId,
    maxId: thread?.at(-1)?.id,
  };
}

/** Who reacted can be listed in groups alone (core.telegram.org/api/reactions). */
function reactionsObject(chat: Chat, { reactions }: Message): TlObject | undefined {
  if (!reactions || reactions.size === 0) return undefined;
  const counts = new Map<string, number>();
  for (const { emoji } of reactions.values()) counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
  const results = [...counts].map(([emoticon, count]) => ({
    _: 'reactionCount',
    reaction: { _: 'reactionEmoji', emoticon },
    count,
  }));
  return { _: 'messageReactions', canSeeList: chat.kind !== 'channel', results };
}

function mediaObject({ kind, fileId, name }: NonNullable<Message['media']>, at: Date): TlObject {
  if (kind === 'photo') return { _: 'messageMediaPhoto', photo: { _: 'photoEmpty', id: 0n } };
  return {
    _: 'messageMediaDocument',
    document: {
      _: 'document',
      id: 0n,
      accessHash: 0n,
      fileReference: Buffer.from(fileId),
      date: seconds(at),
      mimeType: 'application/octet-stream',
      size: 0n,
      dcId: 2,
      attributes: [{ _: 'documentAttributeFilename', fileName: name ?? 'file' }],
    },
  };
}

function keyboardObject({ inline_keyboard }: InlineKeyboard): TlObject {
  return {
    _: 'replyInlineMarkup',
    rows: inline_keyboard.map((row) => ({
      _: 'keyboardButtonRow',
      buttons: row.map((button) => buttonObject(button, 'keyboardButton')),
      otherwise: { _: 'keyboardInlineButtonRow', buttons: row.map(laterButtonObject) },
    })),
  };
}

type Button = InlineKeyboard['inline_keyboard'][number][number];

/** Since layer 229 a button has its text, and what it does apart from it. */
const laterButtonObject = (button: Button): TlObject => ({
  _: 'keyboardInlineButton',
  text: button.text,
  type: buttonObject(button, 'inlineButtonType'),
});

function buttonObject(button: Button, kind: 'keyboardButton' | 'inlineButtonType'): TlObject {
  const { text, callback_data: data, url, web_app: webApp } = button;
  if (typeof url === 'string') return { _: `${kind}Url`, text, url };
  if (isWebApp(webApp)) return { _: `${kind}WebView`, text, url: webApp.url };
  return { _: `${kind}Callback`, text, data: Buffer.from(typeof data === 'string' ? data : '') };
}

function isWebApp(value: unknown): value is { url: string } {
  return typeof value === 'object' && value !== null && 'url' in value && typeof value.url === 'string';
}
