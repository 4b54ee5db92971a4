import { z } from 'zod';
import { type NewMessage, sendMessage } from '#sandbox/world/commands/send-message.ts';
import { findMessage } from '#sandbox/world/messages.ts';
import type { Message } from '#sandbox/world/types.ts';
import { badRequest } from '../bot-api-error.ts';
import type { BotCall } from '../method.ts';
import { flag, integer, json, optionalText } from '../params.ts';
import { assertMayWrite, botApiPlaceId, getPlace, type Place } from '../places.ts';
import { checkInlineKeyboard, type ReplyMarkup } from '../reply-markup.ts';
import { type FormattedText, formatText, messageEntitySchema } from '../text/entities.ts';
import { messageView } from '../views.ts';

export const MAX_TEXT = 4096;
export const MAX_CAPTION = 1024;

const replyParameters = z.looseObject(
  {
    message_id: integer('message identifier is not specified'),
    allow_sending_without_reply: flag,
  },
  { error: "can't parse reply parameters: object expected" },
);

/** Parameters every sending method has. */
export const replyShape = {
  reply_parameters: json(replyParameters.optional(), "can't parse reply parameters JSON object").optional(),
  reply_to_message_id: integer('invalid reply_to_message_id specified').optional(),
  allow_sending_without_reply: flag,
};
type ReplyParams = {
  reply_parameters?: z.output<typeof replyParameters> | undefined;
  reply_to_message_id?: number | undefined;
  allow_sending_without_reply: boolean;
};

export const entitiesShape = json(z.array(messageEntitySchema), "can't parse message entities").optional();
export const parseMode = optionalText;

/** The text of a message, formatted; refuses an empty one. */
export function readText(
  text: string,
  mode: string | undefined,
  entities: z.output<typeof entitiesShape>,
): FormattedText {
  if (text === '') throw badRequest('message text is empty');
  const formatted = formatText(text, mode, entities);
  if (formatted.text === '') throw badRequest('text must be non-empty');
  if (formatted.text.length > MAX_TEXT) throw badRequest('message is too long');
  return formatted;
}

export function readCaption(
  caption: string | undefined,
  mode: string | undefined,
  entities: z.output<typeof entitiesShape>,
): FormattedText {
  const formatted = formatText(caption ?? '', mode, entities);
  if (formatted.text.length > MAX_CAPTION) throw badRequest('message caption is too long');
  return formatted;
}

type Outgoing = {
  chat_id: string;
  content: FormattedText & Pick<NewMessage, 'media'>;
  reply_markup: ReplyMarkup | undefined;
  reply: ReplyParams;
};

/** Sends as the bot and answers with the Message; refuses what the bot may not do there. */
export function sendAsBot(call: BotCall, { chat_id, content, reply_markup, reply }: Outgoing): object {
  const { world, bot } = call;
  const place = getPlace(world, bot, chat_id);
  assertMayWrite(place, bot);
  const keyboard = checkInlineKeyboard(reply_markup, 'user' in place);
  const replyTo = findReplied(call, place, reply)?.id;
  spendLimit(call, place);
  const { media, ...text } = content;
  const sent = sendMessage(world, {
    from: { user: bot.id },
    to: 'user' in place ? { user: place.user.id } : { chat: place.chat.id },
    by: bot.id,
    ...text,
    ...(media && { media }),
    ...(keyboard && { keyboard }),
    ...(replyTo !== undefined && { replyTo }),
  });
  keepReplyKeyboard(call, place, reply_markup);
  return messageView({ ...call, botId: bot.id }, sent);
}

/** Counts one message against the rate model. */
export function spendLimit({ limiter, bot }: BotCall, place: Place): void {
  limiter.spend(bot.id, String(botApiPlaceId(place)), 'chat' in place);
}

/** A message of that place, whoever wrote it. */
export function findMessageIn({ world, bot }: BotCall, place: Place, id: number): Message | undefined {
  const messages =
    'user' in place ? world.privateMessages(bot.id, place.user.id) : world.getChat(place.chat.id).messages;
  return findMessage(messages, id);
}

function findReplied(call: BotCall, place: Place, reply: ReplyParams): Message | undefined {
  const id = reply.reply_parameters?.message_id ?? reply.reply_to_message_id;
  if (id === undefined) return undefined;
  const message = findMessageIn(call, place, id);
  const mayLack = reply.reply_parameters?.allow_sending_without_reply ?? reply.allow_sending_without_reply;
  if (!message && !mayLack) throw badRequest('message to be replied not found');
  return message;
}

function keepReplyKeyboard({ account }: BotCall, place: Place, markup: ReplyMarkup | undefined): void {
  if (!('user' in place)) return;
  if (markup?.remove_keyboard) account.replyKeyboards.delete(place.user.id);
  if (markup?.keyboard) account.replyKeyboards.set(place.user.id, { keyboard: markup.keyboard });
}
