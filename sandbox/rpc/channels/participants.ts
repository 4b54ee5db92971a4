import { RpcError } from '#sandbox/mtproto/rpc-error.ts';
import type { TlObject } from '#sandbox/tl/object.ts';
import { dropSeenUsernames, meetUsers } from '#sandbox/world/commands/meet-users.ts';
import type { World } from '#sandbox/world/create-world.ts';
import { hasRight } from '#sandbox/world/membership.ts';
import type { Chat, UserId } from '#sandbox/world/types.ts';
import { canListMembers } from '#sandbox/world/visibility.ts';
import type { RpcDeps } from '../deps.ts';
import { getObject, int, text } from '../fields.ts';
import { chatObject } from '../objects/chat-object.ts';
import { participantObject } from '../objects/participant-object.ts';
import { userObject } from '../objects/user-object.ts';
import { getChannelOf, getUserOf } from '../peers.ts';
import type { Serve } from '../serve.ts';

const mostPerPage = 200;
/** A query ends here, however many members there are. */
const mostPerQuery = 10_000;
/** Broadcast channels show even their admins no more. */
const mostOfChannel = 200;

/** Who is in a supergroup or channel. */
export function serveParticipants(serve: Serve, { world }: RpcDeps): void {
  serve.account('channels.getParticipants', ({ request, account }) => {
    const chat = getChannelOf(world, account, getObject(request, 'channel'));
    const ids = listByFilter(world, chat, account.id, getObject(request, 'filter'));
    const most = chat.kind === 'channel' ? mostOfChannel : mostPerQuery;
    const offset = Math.max(0, int(request, 'offset'));
    const limit = Math.min(Math.max(0, int(request, 'limit')), mostPerPage);
    const page = ids.slice(Math.min(offset, most), Math.min(offset + limit, most));
    const answer = {
      _: 'channels.channelParticipants',
      count: ids.length,
      participants: page.flatMap((id) => participantObject(chat, account.id, id) ?? []),
      chats: [],
      users: page.map((id) => userObject(world, account.id, world.getUser(id))),
    };
    meetUsers(world, { viewer: account.id, users: page });
    dropSeenUsernames(world, page);
    return answer;
  });

  serve.account('channels.getParticipant', ({ request, account }) => {
    const chat = getChannelOf(world, account, getObject(request, 'channel'));
    const user = getUserOf(world, account, getObject(request, 'participant'));
    const isOthers = user.id !== account.id;
    if (isOthers && chat.kind === 'channel' && !canListMembers(world, chat, account.id))
      throw new RpcError(400, 'CHAT_ADMIN_REQUIRED');
    const participant = participantObject(chat, account.id, user.id);
    if (!participant) throw new RpcError(400, 'USER_NOT_PARTICIPANT');
    return {
      _: 'channels.channelParticipant',
      participant,
      chats: [chatObject(world, account.id, chat)],
      users: [userObject(world, account.id, user, { isMin: !world.hasMet(account.id, user.id) })],
    };
  });
}

/** The ids a filter selects, oldest member first. A filter that selects everybody copies nothing. */
function listByFilter(world: World, chat: Chat, viewer: UserId, filter: TlObject): readonly UserId[] {
  // Admins of groups are known to all; the rest of hidden or channel members to admins alone.
  const isForAll = filter._ === 'channelParticipantsAdmins' && chat.kind === 'supergroup';
  if (!isForAll && !canListMembers(world, chat, viewer)) throw new RpcError(400, 'CHAT_ADMIN_REQUIRED');
  const words = text(filter, 'q').toLowerCase();
  const named = (ids: readonly UserId[]) =>
    words === '' ? ids : ids.filter((id) => isNamed(world, id, words));
  switch (filter._) {
    case 'channelParticipantsRecent':
      return chat.memberIds;
    case 'channelParticipantsSearch':
      return named(chat.memberIds);
    case 'channelParticipantsAdmins':
      return chat.memberIds.filter((id) => chat.admins.has(id) || chat.creator === id);
    case 'channelParticipantsBots':
      return chat.memberIds.filter((id) => world.getUser(id).bot);
    case 'channelParticipantsKicked':
      if (!hasRight(chat, viewer, 'banUsers')) throw new RpcError(400, 'CHAT_ADMIN_REQUIRED');
      return named([...chat.kicked]);
    default:
      throw new RpcError(400, 'INPUT_FILTER_INVALID');
  }
}

/** Search takes the beginnings of names and usernames. */
function isNamed(world: World, id: UserId, words: string): boolean {
  const { deleted, firstName, lastName, username } = world.getUser(id);
  if (deleted) return false;
  return [`${firstName} ${lastName ?? ''}`, lastName, username].some((name) =>
    name?.toLowerCase().startsWith(words),
  );
}
