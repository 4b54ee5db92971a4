import bigInt from 'big-integer';
import type {
  AuthoredMessage,
  ChatRef,
  MessageConditions,
  MessagesPage,
} from '#core/telegram/user-session.ts';
import { Api, type Tl } from './library.ts';
import { toSeenPeople } from './peers.ts';

/** Telegram's own bound of one list of messages. */
export const MESSAGES_PAGE = 100;

/** The page of messages before an id, newest first. */
export const older = (beforeId: number | undefined) => ({
  offsetId: beforeId ?? 0,
  offsetDate: 0,
  addOffset: 0,
  limit: MESSAGES_PAGE,
  maxId: 0,
  minId: 0,
  hash: bigInt.zero,
});

/** A page that is not full is the last one. */
export const nextBeforeId = (messages: Tl.TypeMessage[], limit = MESSAGES_PAGE): number | undefined =>
  messages.length < limit ? undefined : messages.at(-1)?.id;

/** Telegram's own count; a conversation that fits one answer comes without. */
export const countOf = (found: Tl.messages.TypeMessages): number => {
  if ('count' in found) return found.count;
  return 'messages' in found ? found.messages.length : 0;
};

/** What is kept of a page: who wrote when, never what. Messages that do not meet the conditions leave no trace. */
export function toMessagesPage(
  found: Tl.messages.TypeMessages,
  chat: ChatRef,
  conditions: MessageConditions,
  now: Date,
): MessagesPage {
  const messages = 'messages' in found ? found.messages : [];
  const counting = messages
    .filter((one) => one instanceof Api.Message)
    .filter((one) => counts(one, conditions));
  const authored = counting.flatMap(toAuthored);
  const authors = new Set(authored.map(({ authorId }) => authorId));
  const users = 'users' in found ? found.users : [];
  return {
    authored,
    impersonal: counting.length - authored.length,
    media: counting.filter(({ media }) => isMedia(media)).length,
    reacted: counting.flatMap(toReacted),
    read: messages.length,
    people: toSeenPeople(users, now).filter(({ telegramId }) => authors.has(telegramId)),
    chat,
    total: countOf(found),
    nextBeforeId: nextBeforeId(messages),
  };
}

function counts({ date, message }: Tl.Message, { since, until, keyword }: MessageConditions): boolean {
  const atMs = date * 1000;
  if (since && atMs < since.getTime()) return false;
  if (until && atMs >= until.getTime()) return false;
  return keyword === undefined || message.toLowerCase().includes(keyword.toLowerCase());
}

/**
 * `from_id` is who sent it: a channel writing as itself and an anonymous administrator, who writes as the group, are no
 * persons, and whoever wrote a forwarded message first stands in `fwd_from` alone (core.telegram.org/constructor/message).
 */
const toAuthored = ({ id, date, fromId }: Tl.Message): AuthoredMessage[] =>
  fromId instanceof Api.PeerUser
    ? [{ messageId: id, at: new Date(date * 1000), authorId: fromId.userId.toString() }]
    : [];

/** The preview of a link is no medium of the message. */
const isMedia = (media: Tl.TypeMessageMedia | undefined): boolean =>
  media instanceof Api.MessageMediaPhoto || media instanceof Api.MessageMediaDocument;

function toReacted({ id, reactions }: Tl.Message): MessagesPage['reacted'] {
  const count = reactions?.canSeeList ? reactions.results.reduce((sum, one) => sum + one.count, 0) : 0;
  return count > 0 ? [{ messageId: id, reactions: count }] : [];
}
