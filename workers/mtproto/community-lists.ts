import bigInt from 'big-integer';
import { MOST_FOUND } from '#core/community/search.ts';
import type {
  Answer,
  DialogsCursor,
  DialogsPage,
  ListedCommunity,
  UserSession,
} from '#core/telegram/user-session.ts';
import { Api, type Tl } from './library.ts';
import type { Call } from './link.ts';
import { publicNameOf, toChatRef, toInputChannel, toInputChat, toInputPeerOfUser } from './peers.ts';

const DIALOGS_PAGE = 100;

export const communityListCalls = (
  call: Call,
): Pick<UserSession, 'searchCommunities' | 'listSimilarChannels' | 'listOwnCommunities'> => ({
  async searchCommunities(words) {
    const answer = await call(new Api.contacts.Search({ q: words, limit: MOST_FOUND }));
    return answer.ok ? listed(answer.value.chats) : answer;
  },

  async listSimilarChannels(channel) {
    const answer = await call(
      new Api.channels.GetChannelRecommendations({ channel: toInputChannel(channel) }),
    );
    return answer.ok ? listed(answer.value.chats) : answer;
  },

  listOwnCommunities: (after) => listDialogs(call, after),
});

/** A page of the account's conversations, of which those with people are left out. */
export async function listDialogs(
  call: Call,
  after: DialogsCursor | undefined,
): Promise<Answer<DialogsPage>> {
  const answer = await call(
    new Api.messages.GetDialogs({
      offsetDate: after ? after.at.getTime() / 1000 : 0,
      offsetId: after?.messageId ?? 0,
      offsetPeer: after ? toInputPeer(after.peer) : new Api.InputPeerEmpty(),
      limit: DIALOGS_PAGE,
      hash: bigInt.zero,
    }),
  );
  return answer.ok ? { ok: true, value: toPage(answer.value) } : answer;
}

const listed = (chats: Tl.TypeChat[]): Answer<ListedCommunity[]> => ({
  ok: true,
  value: chats.flatMap((chat) => toListed(chat) ?? []),
});

/** What the account was shut out of comes in another form and is left out. */
function toListed(chat: Tl.TypeChat): ListedCommunity | undefined {
  const ref = toChatRef(chat);
  if (!ref || !(chat instanceof Api.Chat || chat instanceof Api.Channel)) return undefined;
  const username = chat instanceof Api.Channel ? publicNameOf(chat) : undefined;
  const membersCount = chat.participantsCount ?? undefined;
  return {
    ...ref,
    title: chat.title,
    ...(username && { username }),
    ...(membersCount !== undefined && { membersCount }),
  };
}

function toPage(found: Tl.messages.TypeDialogs): DialogsPage {
  if (!('dialogs' in found)) return { communities: [], next: undefined };
  const isAll = !(found instanceof Api.messages.DialogsSlice) || found.dialogs.length < DIALOGS_PAGE;
  return {
    communities: found.chats.flatMap((chat) => toListed(chat) ?? []),
    next: isAll ? undefined : placeOf(found),
  };
}

/** Conversations are ordered by their last message; Telegram goes on behind that of the last one. */
function placeOf({ dialogs, messages, chats, users }: Tl.messages.DialogsSlice): DialogsCursor | undefined {
  const last = dialogs.at(-1);
  const top = messages.find(
    (one) => one.id === last?.topMessage && 'peerId' in one && isSame(one.peerId, last.peer),
  );
  const peer = last && peerOf(last.peer, chats, users);
  return peer && top && 'date' in top
    ? { at: new Date(top.date * 1000), messageId: top.id, peer }
    : undefined;
}

function peerOf(
  peer: Tl.TypePeer,
  chats: Tl.TypeChat[],
  users: Tl.TypeUser[],
): DialogsCursor['peer'] | undefined {
  if (peer instanceof Api.PeerUser) {
    const user = users.find((one) => one.id.equals(peer.userId));
    const accessHash = user instanceof Api.User && user.accessHash ? user.accessHash.toString() : '0';
    return { kind: 'user', telegramId: peer.userId.toString(), accessHash };
  }
  const id = peer instanceof Api.PeerChannel ? peer.channelId : peer.chatId;
  const chat = chats.find((one) => one.id.equals(id));
  return chat && toChatRef(chat);
}

const toInputPeer = (peer: DialogsCursor['peer']): Tl.TypeInputPeer =>
  peer.kind === 'user'
    ? toInputPeerOfUser({ kind: 'full', telegramId: peer.telegramId, accessHash: peer.accessHash })
    : toInputChat(peer);

const isSame = (a: Tl.TypePeer | undefined, b: Tl.TypePeer): boolean => idOf(a) === idOf(b);

const idOf = (peer: Tl.TypePeer | undefined): string =>
  peer instanceof Api.PeerChannel
    ? `channel ${peer.channelId}`
    : peer instanceof Api.PeerChat
      ? `chat ${peer.chatId}`
      : `user ${peer?.userId}`;
