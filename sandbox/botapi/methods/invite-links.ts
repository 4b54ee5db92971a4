import {
  answerJoinRequest,
  createInviteLink,
  revokeInviteLink,
} from '#sandbox/world/commands/invite-links.ts';
import { hasRight } from '#sandbox/world/membership.ts';
import type { Chat } from '#sandbox/world/types.ts';
import { badRequest } from '../bot-api-error.ts';
import { type BotCall, type BotMethod, defineMethod } from '../method.ts';
import { chatId, flag, integer, optionalText, text, userId } from '../params.ts';
import { getChatOf } from '../places.ts';
import { inviteLinkView } from '../views.ts';

const MAX_NAME = 32;

export const inviteLinkMethods: BotMethod[] = [
  defineMethod(
    'createChatInviteLink',
    {
      chat_id: chatId,
      name: optionalText,
      expire_date: integer('invalid expire_date specified').optional(),
      member_limit: integer('invalid member_limit specified').optional(),
      creates_join_request: flag,
    },
    (call, params) => {
      const chat = getInvitable(call, params.chat_id);
      if ((params.name ?? '').length > MAX_NAME) throw badRequest('INVITE_LINK_NAME_TOO_LONG');
      if (params.creates_join_request && params.member_limit) {
        throw badRequest("member limit can't be specified for links requiring administrator approval");
      }
      const link = createInviteLink(call.world, {
        chat: chat.id,
        by: call.bot.id,
        needsApproval: params.creates_join_request,
        ...(params.name !== undefined && { name: params.name }),
        ...(params.expire_date && { expiresAt: new Date(params.expire_date * 1000) }),
        ...(params.member_limit && { memberLimit: params.member_limit }),
      });
      return inviteLinkView(call.world, chat, link);
    },
  ),

  defineMethod(
    'revokeChatInviteLink',
    { chat_id: chatId, invite_link: text('invite link is not specified') },
    (call, params) => {
      const chat = getInvitable(call, params.chat_id);
      const hash = /(?:\+|joinchat\/)([\w-]+)$/.exec(params.invite_link)?.[1] ?? '';
      const link = revokeInviteLink(call.world, { chat: chat.id, hash, by: call.bot.id });
      return inviteLinkView(call.world, chat, link);
    },
  ),

  /** Makes a new primary link; the bot's earlier one ends. */
  defineMethod('exportChatInviteLink', { chat_id: chatId }, (call, params) => {
    const chat = getInvitable(call, params.chat_id);
    for (const link of chat.inviteLinks.values()) {
      const isEarlier = link.primary && !link.revoked && link.createdBy === call.bot.id;
      if (isEarlier) revokeInviteLink(call.world, { chat: chat.id, hash: link.hash, by: call.bot.id });
    }
    const link = createInviteLink(call.world, { chat: chat.id, by: call.bot.id, primary: true });
    return `https://t.me/+${link.hash}`;
  }),

  defineMethod('approveChatJoinRequest', { chat_id: chatId, user_id: userId }, (call, params) =>
    answer(call, params, true),
  ),

  defineMethod('declineChatJoinRequest', { chat_id: chatId, user_id: userId }, (call, params) =>
    answer(call, params, false),
  ),
];

function answer(call: BotCall, params: { chat_id: string; user_id: string }, approved: boolean): true {
  const chat = getInvitable(call, params.chat_id);
  if (chat.members.has(params.user_id)) throw badRequest('USER_ALREADY_PARTICIPANT');
  answerJoinRequest(call.world, { chat: chat.id, user: params.user_id, approved, by: call.bot.id });
  return true;
}

function getInvitable(call: BotCall, reference: string): Chat {
  const chat = getChatOf(call.world, call.bot, reference);
  if (!hasRight(chat, call.bot.id, 'inviteUsers')) {
    throw badRequest('not enough rights to manage chat invite link');
  }
  return chat;
}
