import bigInt from 'big-integer';
import { ADMIN_RIGHTS, type AdminRight } from '#core/community/admin-rights.ts';
import type {
  Answer,
  ChatRef,
  CommunityFacts,
  CommunityReference,
  DialogsCursor,
  RpcFailure,
  UserSession,
} from '#core/telegram/user-session.ts';
import { listDialogs } from './community-lists.ts';
import { Api, type Tl } from './library.ts';
import type { Call } from './link.ts';
import { publicNameOf, toChatRef, toInputChannel } from './peers.ts';

/** The reference leads to a person, or to a chat this account is not in. Not Telegram's words, but ours. */
const failed = (error: string): { ok: false; failure: RpcFailure } => ({
  ok: false,
  failure: { kind: 'rpc', error },
});

const MARKED_CHANNEL_PREFIX = '-100';

export function communityCalls(call: Call): Pick<UserSession, 'resolveCommunity' | 'readCommunity'> {
  const readCommunity = (chat: ChatRef) =>
    chat.kind === 'group' ? readGroup(call, chat) : readChannel(call, chat);
  return {
    readCommunity,
    async resolveCommunity(reference) {
      const chat = await findChat(call, reference);
      return chat.ok ? readCommunity(chat.value) : chat;
    },
  };
}

async function findChat(call: Call, reference: CommunityReference): Promise<Answer<ChatRef>> {
  switch (reference.kind) {
    case 'username': {
      const answer = await call(new Api.contacts.ResolveUsername({ username: reference.username }));
      return answer.ok ? firstChat(answer.value.chats, 'USERNAME_NOT_A_COMMUNITY') : answer;
    }
    case 'invite_hash': {
      const answer = await call(new Api.messages.CheckChatInvite({ hash: reference.hash }));
      if (!answer.ok) return answer;
      return answer.value instanceof Api.ChatInvite
        ? failed('CHANNEL_PRIVATE')
        : firstChat([answer.value.chat], 'CHANNEL_PRIVATE');
    }
    case 'known_id':
      return findDialog(call, reference.telegramId);
  }
}

/** An id alone opens nothing: the account must have the chat among its own dialogs. */
async function findDialog(call: Call, markedId: string): Promise<Answer<ChatRef>> {
  const isChannel = markedId.startsWith(MARKED_CHANNEL_PREFIX);
  const id = isChannel ? markedId.slice(MARKED_CHANNEL_PREFIX.length) : markedId.replace(/^-/, '');
  let after: DialogsCursor | undefined;
  do {
    const page = await listDialogs(call, after);
    if (!page.ok) return page;
    const found = page.value.communities.find(({ telegramId }) => telegramId === id);
    if (found) return { ok: true, value: found };
    after = page.value.next;
  } while (after);
  return failed('CHANNEL_INVALID');
}

function firstChat(chats: Tl.TypeChat[], otherwise: string): Answer<ChatRef> {
  const chat = chats[0] && toChatRef(chats[0]);
  return chat ? { ok: true, value: chat } : failed(otherwise);
}

async function readChannel(call: Call, ref: ChatRef): Promise<Answer<CommunityFacts>> {
  const answer = await call(new Api.channels.GetFullChannel({ channel: toInputChannel(ref) }));
  if (!answer.ok) return answer;
  const { fullChat, chats } = answer.value;
  const chat = chats.find((one) => one.id.toString() === ref.telegramId);
  if (!(chat instanceof Api.Channel) || !(fullChat instanceof Api.ChannelFull))
    return failed('CHANNEL_INVALID');
  const facts: CommunityFacts = {
    kind: chat.broadcast ? 'channel' : 'supergroup',
    telegramId: ref.telegramId,
    accessHash: (chat.accessHash ?? bigInt(ref.accessHash)).toString(),
    title: chat.title,
    membersCount: fullChat.participantsCount ?? 0,
    membersHidden: fullChat.participantsHidden === true || !fullChat.canViewParticipants,
    own: ownStanding(chat, !chat.left, chat.broadcast === true),
  };
  const username = publicNameOf(chat);
  if (username) facts.username = username;
  if (fullChat.about) facts.about = fullChat.about;
  const linked = chats.find((one) => one.id.toString() === fullChat.linkedChatId?.toString());
  const linkedChat = linked && toChatRef(linked);
  if (linkedChat) facts.linkedChat = linkedChat;
  return { ok: true, value: facts };
}

async function readGroup(call: Call, ref: ChatRef): Promise<Answer<CommunityFacts>> {
  const answer = await call(new Api.messages.GetFullChat({ chatId: bigInt(ref.telegramId) }));
  if (!answer.ok) return answer;
  const chat = answer.value.chats.find((one) => one.id.toString() === ref.telegramId);
  if (!(chat instanceof Api.Chat)) return failed('CHAT_ID_INVALID');
  const { about } = answer.value.fullChat;
  const value: CommunityFacts = {
    ...(about && { about }),
    kind: 'group',
    telegramId: ref.telegramId,
    accessHash: '0',
    title: chat.title,
    membersCount: chat.participantsCount,
    membersHidden: false,
    own: ownStanding(chat, !chat.left, false),
  };
  return { ok: true, value };
}

type Rights = Pick<Tl.Channel, 'creator' | 'adminRights' | 'defaultBannedRights'> & {
  bannedRights?: Tl.TypeChatBannedRights;
};

/**
 * Members may invite where nothing forbids it; into a broadcast channel only administrators may. The library gives
 * `null` for rights that are not there, against its own types.
 */
function ownStanding(chat: Rights, isMember: boolean, isBroadcast: boolean): CommunityFacts['own'] {
  const isAdmin = chat.creator === true || Boolean(chat.adminRights);
  const mayAsAdmin = chat.creator === true || chat.adminRights?.inviteUsers === true;
  const isForbidden =
    chat.defaultBannedRights?.inviteUsers === true || chat.bannedRights?.inviteUsers === true;
  return {
    ...{ isMember, isAdmin },
    mayInvite: mayAsAdmin || (isMember && !isBroadcast && !isForbidden),
    adminRights: rightsOf(chat),
  };
}

/** A creator may do everything, whether or not the rights are told. */
function rightsOf({ creator, adminRights }: Rights): AdminRight[] {
  if (creator) return ADMIN_RIGHTS.filter((right) => right !== 'anonymous');
  return ADMIN_RIGHTS.filter((right) => adminRights?.[libraryNameOf(right)]);
}

type CamelCase<S extends string> = S extends `${infer A}_${infer B}` ? `${A}${Capitalize<B>}` : S;
const libraryNameOf = <R extends AdminRight>(right: R): CamelCase<R> =>
  right.replace(/_(\w)/, (_, letter: string) => letter.toUpperCase()) as CamelCase<R>;
