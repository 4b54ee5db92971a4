import { RpcError } from '#sandbox/mtproto/rpc-error.ts';
import { joinChat } from '#sandbox/world/commands/join-chat.ts';
import { leaveChat } from '#sandbox/world/commands/leave-chat.ts';
import type { World } from '#sandbox/world/create-world.ts';
import { findMessage } from '#sandbox/world/messages.ts';
import type { Chat, User } from '#sandbox/world/types.ts';
import type { RpcDeps } from '../deps.ts';
import { getObject, int, objects } from '../fields.ts';
import { channelFullObject, chatObject } from '../objects/chat-object.ts';
import { listMessages } from '../objects/entities.ts';
import { chatChanged, joinResult } from '../objects/updates-object.ts';
import { getChannelOf } from '../peers.ts';
import type { AccountCall, Serve } from '../serve.ts';

/** `recommended_channels_limit_default` and `_premium` of the app configuration. */
const mostSimilar = 10;
const mostSimilarPremium = 100;

/** Reading, joining and leaving supergroups and channels. */
export function serveChannels(serve: Serve, { world }: RpcDeps): void {
  const channelOf = ({ request, account }: AccountCall) =>
    getChannelOf(world, account, getObject(request, 'channel'));
  const changed = (account: User, chat: Chat) => chatChanged(world, account.id, chat);

  serve.account('channels.getChannels', ({ request, account }) => ({
    _: 'messages.chats',
    chats: objects(request, 'id').map((input) =>
      chatObject(world, account.id, getChannelOf(world, account, input)),
    ),
  }));

  serve.account('channels.getFullChannel', (call) => {
    const chat = channelOf(call);
    const linked = world.findChat(chat.linkedChat ?? '');
    return {
      _: 'messages.chatFull',
      fullChat: channelFullObject(world, call.account.id, chat),
      chats: [chat, ...(linked ? [linked] : [])].map((known) => chatObject(world, call.account.id, known)),
      users: [],
    };
  });

  serve.account('channels.getChannelRecommendations', (call) => {
    const channel = channelOf(call);
    if (channel.kind !== 'channel') throw new RpcError(400, 'CHANNEL_INVALID');
    const all = listSimilar(world, channel);
    const most = call.account.premium ? mostSimilarPremium : mostSimilar;
    const chats = all.slice(0, most).map((chat) => chatObject(world, call.account.id, chat));
    return all.length > most
      ? { _: 'messages.chatsSlice', count: all.length, chats }
      : { _: 'messages.chats', chats };
  });

  serve.account('channels.joinChannel', (call) => {
    const chat = channelOf(call);
    joinChat(world, { chat: chat.id, user: call.account.id });
    return joinResult(call.ctx, changed(call.account, chat));
  });

  serve.account('channels.leaveChannel', (call) => {
    const chat = channelOf(call);
    if (chat.creator === call.account.id) throw new RpcError(400, 'USER_CREATOR');
    leaveChat(world, { chat: chat.id, user: call.account.id });
    return changed(call.account, chat);
  });

  serve.account('channels.readHistory', (call) => {
    channelOf(call);
    return true;
  });

  serve.account('channels.getMessages', (call) => {
    const chat = channelOf(call);
    const found = objects(call.request, 'id').flatMap(
      (wanted) => findMessage(chat.messages, int(wanted, 'id')) ?? [],
    );
    return {
      _: 'messages.channelMessages',
      pts: chat.nextMessageId,
      count: found.length,
      topics: [],
      ...listMessages(world, call.account.id, found, [chat.id]),
    };
  });
}

/** Public channels that share subscribers with this one, those that share most first (core.telegram.org/api/recommend). */
function listSimilar(world: World, channel: Chat): Chat[] {
  return [...world.listChats()]
    .filter((other) => other.kind === 'channel' && other.username !== undefined && other.id !== channel.id)
    .map((other) => ({ other, shared: other.memberIds.filter((id) => channel.members.has(id)).length }))
    .filter(({ shared }) => shared > 0)
    .sort((a, b) => b.shared - a.shared)
    .map(({ other }) => other);
}
