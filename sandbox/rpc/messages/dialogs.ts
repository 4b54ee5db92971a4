import type { TlObject } from '#sandbox/tl/object.ts';
import type { World } from '#sandbox/world/create-world.ts';
import type { Chat, Message, UserId } from '#sandbox/world/types.ts';
import type { RpcDeps } from '../deps.ts';
import { findObject, int } from '../fields.ts';
import { chatPeer } from '../objects/chat-object.ts';
import { listMessages } from '../objects/entities.ts';
import { seconds } from '../objects/time.ts';
import type { Serve } from '../serve.ts';

const mostDialogs = 100;

/** The conversations an account is in, the latest first, at most 100 in an answer. */
export function serveDialogs(serve: Serve, { world }: RpcDeps): void {
  serve.account('messages.getDialogs', ({ request, account }) => {
    const limit = Math.min(int(request, 'limit') || mostDialogs, mostDialogs);
    const after = {
      seconds: int(request, 'offsetDate'),
      messageId: int(request, 'offsetId'),
      peer: idOf(findObject(request, 'offsetPeer')),
    };
    const all = [...chatDialogs(world, account.id), ...privateDialogs(world, account.id)].sort(
      (a, b) => timeOf(b) - timeOf(a),
    );
    const rest = all.slice(placeBehind(all, after));
    const dialogs = rest.slice(0, limit);
    const listed = listMessages(
      world,
      account.id,
      dialogs.flatMap(({ top }) => top ?? []),
      dialogs.flatMap(({ chat }) => chat?.id ?? []),
    );
    const notes = dialogs.flatMap(({ chat, top }) => (chat && !top ? creationNote(chat) : []));
    const isAll = dialogs.length === all.length;
    return {
      _: isAll ? 'messages.dialogs' : 'messages.dialogsSlice',
      count: isAll ? undefined : all.length,
      dialogs: dialogs.map(dialogObject),
      ...listed,
      messages: [...listed.messages, ...notes],
    };
  });
}

type Place = { seconds: number; messageId: number; peer: string | undefined };

/** Where the page after a conversation begins, named by the time and id of its last message and its peer. */
function placeBehind(all: readonly Dialog[], { seconds: second, messageId, peer }: Place): number {
  if (second === 0) return 0;
  const secondOf = (dialog: Dialog) => Math.floor(timeOf(dialog) / 1000);
  const place = all.findIndex(
    (dialog) =>
      secondOf(dialog) === second &&
      topIdOf(dialog) === messageId &&
      (peer === undefined || peer === (dialog.chat?.id ?? dialog.user)),
  );
  if (place >= 0) return place + 1;
  const older = all.findIndex((dialog) => secondOf(dialog) < second);
  return older < 0 ? all.length : older;
}

/** Undefined for an empty peer. */
function idOf(peer: TlObject | undefined): string | undefined {
  const id = peer?.chatId ?? peer?.channelId ?? peer?.userId;
  return id === undefined ? undefined : String(id);
}

const topIdOf = ({ top }: Dialog): number => top?.id ?? creationNoteId;

type Dialog = { chat: Chat | undefined; user: UserId | undefined; top: Message | undefined };

function* chatDialogs(world: World, account: UserId): Iterable<Dialog> {
  for (const chat of world.listChats())
    if (chat.members.has(account)) yield { chat, user: undefined, top: chat.messages.at(-1) };
}

function* privateDialogs(world: World, account: UserId): Iterable<Dialog> {
  for (const [pair, messages] of world.state.privateMessages) {
    const sides = pair.split(':');
    if (!sides.includes(account)) continue;
    const user = sides.find((side) => side !== account) ?? account;
    yield { chat: undefined, user, top: messages.at(-1) };
  }
}

function timeOf({ chat, top }: Dialog): number {
  return (top?.at ?? chat?.createdAt)?.getTime() ?? 0;
}

const creationNoteId = 1;

/** A chat in which nobody has written yet still has the note that it was made; clients count on a top message. */
function creationNote(chat: Chat): TlObject {
  const { title } = chat;
  return {
    _: 'messageService',
    id: creationNoteId,
    peerId: chatPeer(chat),
    date: seconds(chat.createdAt),
    action:
      chat.kind === 'group'
        ? { _: 'messageActionChatCreate', title, users: [] }
        : { _: 'messageActionChannelCreate', title },
  };
}

function dialogObject({ chat, user, top }: Dialog): TlObject {
  return {
    _: 'dialog',
    peer: chat ? chatPeer(chat) : { _: 'peerUser', userId: BigInt(user ?? 0) },
    topMessage: topIdOf({ chat, user, top }),
    readInboxMaxId: 0,
    readOutboxMaxId: 0,
    unreadCount: 0,
    unreadMentionsCount: 0,
    unreadReactionsCount: 0,
    unreadPollVotesCount: 0,
    notifySettings: { _: 'peerNotifySettings' },
    pts: chat && chat.kind !== 'group' ? chat.nextMessageId : undefined,
  };
}
