import type { TlObject } from '#sandbox/tl/object.ts';
import type { World } from '#sandbox/world/create-world.ts';
import type { Chat, Message, UserId } from '#sandbox/world/types.ts';
import type { RpcDeps } from '../deps.ts';
import { int } from '../fields.ts';
import { chatPeer } from '../objects/chat-object.ts';
import { listMessages } from '../objects/entities.ts';
import { seconds } from '../objects/time.ts';
import type { Serve } from '../serve.ts';

const mostDialogs = 100;

/** The conversations an account is in, the latest first, in one answer of at most 100. */
export function serveDialogs(serve: Serve, { world }: RpcDeps): void {
  serve.account('messages.getDialogs', ({ request, account }) => {
    // Everything fits one page, so what a client asks beyond it is nothing.
    const isFirstPage = int(request, 'offsetDate') === 0 && int(request, 'offsetId') === 0;
    const limit = isFirstPage ? Math.min(int(request, 'limit') || mostDialogs, mostDialogs) : 0;
    const dialogs = [...chatDialogs(world, account.id), ...privateDialogs(world, account.id)]
      .sort((a, b) => timeOf(b) - timeOf(a))
      .slice(0, limit);
    const listed = listMessages(
      world,
      account.id,
      dialogs.flatMap(({ top }) => top ?? []),
      dialogs.flatMap(({ chat }) => chat?.id ?? []),
    );
    const notes = dialogs.flatMap(({ chat, top }) => (chat && !top ? creationNote(chat) : []));
    return {
      _: 'messages.dialogs',
      dialogs: dialogs.map(dialogObject),
      ...listed,
      messages: [...listed.messages, ...notes],
    };
  });
}

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
    topMessage: top?.id ?? creationNoteId,
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
