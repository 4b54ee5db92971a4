import { z } from 'zod';
import { deleteMessage, editMessage } from '#sandbox/world/commands/change-message.ts';
import { hasRight } from '#sandbox/world/membership.ts';
import type { Message } from '#sandbox/world/types.ts';
import { badRequest } from '../bot-api-error.ts';
import { type BotCall, type BotMethod, defineMethod } from '../method.ts';
import { chatId, integer, json, messageId, optionalText, text } from '../params.ts';
import { botApiPlaceId, getPlace, type Place } from '../places.ts';
import { checkInlineKeyboard, replyMarkup } from '../reply-markup.ts';
import { messageView } from '../views.ts';
import {
  entitiesShape,
  findMessageIn,
  parseMode,
  readCaption,
  readText,
  replyShape,
  sendAsBot,
  spendLimit,
} from './outgoing.ts';

const CHAT_ACTIONS = [
  'typing',
  'upload_photo',
  'record_video',
  'upload_video',
  'record_voice',
  'upload_voice',
  'upload_document',
  'choose_sticker',
  'find_location',
  'record_video_note',
  'upload_video_note',
];

const ofMessage = { chat_id: chatId, message_id: messageId };

export const messageMethods: BotMethod[] = [
  defineMethod(
    'sendMessage',
    {
      chat_id: chatId,
      text: text('message text is empty'),
      parse_mode: parseMode,
      entities: entitiesShape,
      reply_markup: replyMarkup,
      ...replyShape,
    },
    (call, params) =>
      sendAsBot(call, {
        chat_id: params.chat_id,
        content: readText(params.text, params.parse_mode, params.entities),
        reply_markup: params.reply_markup,
        reply: params,
      }),
  ),

  defineMethod(
    'editMessageText',
    {
      ...ofMessage,
      text: text('message text is empty'),
      parse_mode: parseMode,
      entities: entitiesShape,
      reply_markup: replyMarkup,
    },
    (call, params) => {
      const content = readText(params.text, params.parse_mode, params.entities);
      const { place, message } = getEditable(call, params);
      if (message.media) throw badRequest('there is no text in the message to edit');
      const keyboard = checkInlineKeyboard(params.reply_markup, 'user' in place);
      return edit(call, place, message, { ...content, keyboard });
    },
  ),

  defineMethod(
    'editMessageCaption',
    {
      ...ofMessage,
      caption: optionalText,
      parse_mode: parseMode,
      caption_entities: entitiesShape,
      reply_markup: replyMarkup,
    },
    (call, params) => {
      const content = readCaption(params.caption, params.parse_mode, params.caption_entities);
      const { place, message } = getEditable(call, params);
      if (!message.media) throw badRequest('there is no caption in the message to edit');
      const keyboard = checkInlineKeyboard(params.reply_markup, 'user' in place);
      return edit(call, place, message, { ...content, keyboard });
    },
  ),

  defineMethod('editMessageReplyMarkup', { ...ofMessage, reply_markup: replyMarkup }, (call, params) => {
    const { place, message } = getEditable(call, params);
    const keyboard = checkInlineKeyboard(params.reply_markup, 'user' in place);
    return edit(call, place, message, { keyboard });
  }),

  defineMethod('deleteMessage', ofMessage, (call, params) => {
    const place = getPlace(call.world, call.bot, params.chat_id);
    const message = findMessageIn(call, place, params.message_id);
    if (!message) throw badRequest('message to delete not found');
    if (!mayDelete(call, place, message)) throw badRequest("message can't be deleted");
    deleteMessage(call.world, message);
    return true;
  }),

  defineMethod(
    'deleteMessages',
    {
      chat_id: chatId,
      message_ids: json(
        z.array(integer('invalid message identifier specified')).min(1).max(100),
        "can't parse message identifiers JSON object",
      ),
    },
    (call, params) => {
      const place = getPlace(call.world, call.bot, params.chat_id);
      for (const id of params.message_ids) {
        const message = findMessageIn(call, place, id);
        if (message && mayDelete(call, place, message)) deleteMessage(call.world, message);
      }
      return true;
    },
  ),

  defineMethod(
    'sendChatAction',
    { chat_id: chatId, action: text('wrong parameter action in request') },
    (call, params) => {
      getPlace(call.world, call.bot, params.chat_id);
      if (!CHAT_ACTIONS.includes(params.action)) throw badRequest('wrong parameter action in request');
      return true;
    },
  ),

  defineMethod('pinChatMessage', ofMessage, (call, params) => {
    const { pins, place } = getPins(call, params.chat_id);
    if (!findMessageIn(call, place, params.message_id)) throw badRequest('message to pin not found');
    pins.push(params.message_id);
    return true;
  }),

  defineMethod('unpinChatMessage', { chat_id: chatId, message_id: messageId.optional() }, (call, params) => {
    const { pins } = getPins(call, params.chat_id);
    const index = params.message_id === undefined ? pins.length - 1 : pins.lastIndexOf(params.message_id);
    if (index < 0) throw badRequest('message to unpin not found');
    pins.splice(index, 1);
    return true;
  }),
];

/** A message the bot itself sent, or a post of the channel it administers. */
function getEditable(call: BotCall, params: { chat_id: string; message_id: number }) {
  const place = getPlace(call.world, call.bot, params.chat_id);
  const message = findMessageIn(call, place, params.message_id);
  if (!message) throw badRequest('message to edit not found');
  if (!isOwn(call, place, message)) throw badRequest("message can't be edited");
  return { place, message };
}

function edit(
  call: BotCall,
  place: Place,
  message: Message,
  change: Parameters<typeof editMessage>[2],
): object {
  spendLimit(call, place);
  return messageView({ ...call, botId: call.bot.id }, editMessage(call.world, message, change));
}

function isOwn({ bot }: BotCall, place: Place, message: Message): boolean {
  if ('user' in message.from) return message.from.user === bot.id;
  return (
    'chat' in place && message.from.chat === place.chat.id && hasRight(place.chat, bot.id, 'postMessages')
  );
}

/** Anything in a private chat, own messages and, for moderators, everybody's in a chat. */
function mayDelete(call: BotCall, place: Place, message: Message): boolean {
  if ('user' in place || isOwn(call, place, message)) return true;
  return hasRight(place.chat, call.bot.id, 'banUsers');
}

function getPins(call: BotCall, reference: string) {
  const place = getPlace(call.world, call.bot, reference);
  if ('chat' in place && !hasRight(place.chat, call.bot.id, 'banUsers')) {
    throw badRequest('not enough rights to manage pinned messages in the chat');
  }
  const id = botApiPlaceId(place);
  const pins = call.account.pinned.get(id) ?? [];
  call.account.pinned.set(id, pins);
  return { pins, place };
}
