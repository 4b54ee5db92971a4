import { kickUser, unbanUser } from '#sandbox/world/commands/kick-user.ts';
import { leaveChat } from '#sandbox/world/commands/leave-chat.ts';
import { hasRight, isAdmin } from '#sandbox/world/membership.ts';
import type { Chat } from '#sandbox/world/types.ts';
import { badRequest } from '../bot-api-error.ts';
import { type BotCall, type BotMethod, defineMethod } from '../method.ts';
import { chatId, flag, userId } from '../params.ts';
import { assertIsMember, botApiChatId, botApiPlaceId, getChatOf, getPlace } from '../places.ts';
import { chatMemberView, messageView, placeView } from '../views.ts';
import { findMessageIn } from './outgoing.ts';

export const chatMethods: BotMethod[] = [
  defineMethod('getChat', { chat_id: chatId }, (call, params) => {
    const place = getPlace(call.world, call.bot, params.chat_id);
    const id = botApiPlaceId(place);
    const pinnedId = call.account.pinned.get(id)?.at(-1);
    const pinned = pinnedId === undefined ? undefined : findMessageIn(call, place, pinnedId);
    return {
      ...placeView(place),
      accent_color_id: Math.abs(id) % 7,
      max_reaction_count: 11,
      accepted_gift_types: {
        unlimited_gifts: false,
        limited_gifts: false,
        unique_gifts: false,
        premium_subscription: false,
      },
      ...('chat' in place && chatDetails(call, place.chat)),
      pinned_message: pinned && messageView({ ...call, botId: call.bot.id }, pinned),
    };
  }),

  defineMethod('getChatMember', { chat_id: chatId, user_id: userId }, (call, params) => {
    const chat = getChatOf(call.world, call.bot, params.chat_id);
    if (!call.world.findUser(params.user_id)) throw badRequest('PARTICIPANT_ID_INVALID');
    const isInaccessible =
      params.user_id !== call.bot.id && chat.kind === 'channel' && !isAdmin(chat, call.bot.id);
    if (isInaccessible) throw badRequest('member list is inaccessible');
    return chatMemberView(call.world, chat, params.user_id);
  }),

  defineMethod('getChatAdministrators', { chat_id: chatId }, (call, params) => {
    const chat = getChatOf(call.world, call.bot, params.chat_id);
    return [...chat.admins.keys()]
      .filter((id) => call.world.getUser(id).bot === undefined || id === call.bot.id)
      .map((id) => chatMemberView(call.world, chat, id));
  }),

  defineMethod('getChatMemberCount', { chat_id: chatId }, (call, params) => {
    const place = getPlace(call.world, call.bot, params.chat_id);
    return 'user' in place ? 2 : place.chat.members.size;
  }),

  defineMethod('leaveChat', { chat_id: chatId }, (call, params) => {
    leaveChat(call.world, { chat: getChatOf(call.world, call.bot, params.chat_id).id, user: call.bot.id });
    return true;
  }),

  defineMethod('banChatMember', { chat_id: chatId, user_id: userId }, (call, params) => {
    kickUser(call.world, { ...getModerated(call, params), by: call.bot.id });
    return true;
  }),

  defineMethod(
    'unbanChatMember',
    { chat_id: chatId, user_id: userId, only_if_banned: flag },
    (call, params) => {
      const { chat, user } = getModerated(call, params);
      if (params.only_if_banned && !call.world.getChat(chat).kicked.has(user)) return true;
      // Telegram's own oddity: unbanning a member who is not banned puts them out.
      if (call.world.getChat(chat).members.has(user)) kickUser(call.world, { chat, user, by: call.bot.id });
      unbanUser(call.world, { chat, user, by: call.bot.id });
      return true;
    },
  ),
];

function chatDetails(call: BotCall, chat: Chat) {
  const linked = chat.linkedChat === undefined ? undefined : call.world.findChat(chat.linkedChat);
  const primary = [...chat.inviteLinks.values()].find(
    (link) => link.primary && !link.revoked && link.createdBy === call.bot.id,
  );
  const mayInvite = hasRight(chat, call.bot.id, 'inviteUsers');
  return {
    description: chat.about,
    linked_chat_id: linked && botApiChatId(linked),
    has_hidden_members: chat.membersHidden || undefined,
    invite_link: mayInvite && primary ? `https://t.me/+${primary.hash}` : undefined,
  };
}

function getModerated(call: BotCall, params: { chat_id: string; user_id: string }) {
  const chat = getChatOf(call.world, call.bot, params.chat_id);
  assertIsMember(chat, call.bot);
  if (!call.world.findUser(params.user_id)) throw badRequest('PARTICIPANT_ID_INVALID');
  if (!hasRight(chat, call.bot.id, 'banUsers')) {
    throw badRequest('not enough rights to restrict/unrestrict chat member');
  }
  return { chat: chat.id, user: params.user_id };
}
