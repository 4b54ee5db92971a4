import bigInt from 'big-integer';
import type { ChatRef, LastSeenBucket, PersonRef, SeenPerson } from '#core/telegram/user-session.ts';
import { Api, type Tl } from './library.ts';

/** Undefined for a chat the account was shut out of. */
export function toChatRef(chat: Tl.TypeChat): ChatRef | undefined {
  if (chat instanceof Api.Chat) return { kind: 'group', telegramId: chat.id.toString(), accessHash: '0' };
  if (!(chat instanceof Api.Channel)) return undefined;
  return {
    kind: chat.broadcast ? 'channel' : 'supergroup',
    telegramId: chat.id.toString(),
    accessHash: (chat.accessHash ?? bigInt.zero).toString(),
  };
}

/** The name by which anybody finds it. */
export const publicNameOf = (chat: Tl.Channel): string | undefined =>
  chat.username ?? chat.usernames?.find((name) => name.active)?.username;

export const toInputChannel = (chat: ChatRef): Tl.InputChannel =>
  new Api.InputChannel({ channelId: bigInt(chat.telegramId), accessHash: bigInt(chat.accessHash) });

export const toInputChat = (chat: ChatRef): Tl.TypeInputPeer =>
  chat.kind === 'group'
    ? new Api.InputPeerChat({ chatId: bigInt(chat.telegramId) })
    : new Api.InputPeerChannel({ channelId: bigInt(chat.telegramId), accessHash: bigInt(chat.accessHash) });

export const toInputUser = (person: PersonRef): Tl.TypeInputUser =>
  person.kind === 'full'
    ? new Api.InputUser({ userId: bigInt(person.telegramId), accessHash: bigInt(person.accessHash) })
    : new Api.InputUserFromMessage({
        peer: toInputChat(person.chat),
        msgId: person.messageId,
        userId: bigInt(person.telegramId),
      });

export const toInputPeerOfUser = (person: PersonRef): Tl.TypeInputPeer =>
  person.kind === 'full'
    ? new Api.InputPeerUser({ userId: bigInt(person.telegramId), accessHash: bigInt(person.accessHash) })
    : new Api.InputPeerUserFromMessage({
        peer: toInputChat(person.chat),
        msgId: person.messageId,
        userId: bigInt(person.telegramId),
      });

/** The people of an answer; Telegram leaves an empty user where one no longer exists. */
export const toSeenPeople = (users: Tl.TypeUser[], now: Date): SeenPerson[] =>
  users.filter((user) => user instanceof Api.User).map((user) => toSeenPerson(user, now));

/** A `min` user carries no usable access hash (core.telegram.org/api/min). */
export function toSeenPerson(user: Tl.User, now: Date): SeenPerson {
  const username = user.username ?? user.usernames?.find((name) => name.active)?.username;
  const person: SeenPerson = {
    telegramId: user.id.toString(),
    firstName: user.firstName ?? '',
    isBot: user.bot === true,
    isDeleted: user.deleted === true,
    isScam: user.scam === true || user.fake === true,
    isPremium: user.premium === true,
    hasPhoto: user.photo instanceof Api.UserProfilePhoto,
    lastSeen: toLastSeen(user.status, now),
  };
  if (user.accessHash && !user.min) person.accessHash = user.accessHash.toString();
  if (user.lastName) person.lastName = user.lastName;
  if (username) person.username = username;
  return person;
}

/** An exact time is folded into the buckets Telegram uses for people who hide it: 3, 7 and 30 days. */
function toLastSeen(status: Tl.TypeUserStatus | undefined, now: Date): LastSeenBucket {
  if (status instanceof Api.UserStatusOnline) return 'online';
  if (status instanceof Api.UserStatusRecently) return 'recently';
  if (status instanceof Api.UserStatusLastWeek) return 'week';
  if (status instanceof Api.UserStatusLastMonth) return 'month';
  if (status instanceof Api.UserStatusEmpty) return 'long_ago';
  return status instanceof Api.UserStatusOffline ? bucketOf(status.wasOnline, now) : 'unknown';
}

const DAY_SECONDS = 86_400;

function bucketOf(wasOnlineSeconds: number, now: Date): LastSeenBucket {
  const days = (now.getTime() / 1000 - wasOnlineSeconds) / DAY_SECONDS;
  if (days <= 3) return 'recently';
  if (days <= 7) return 'week';
  return days <= 30 ? 'month' : 'long_ago';
}
