import bigInt from 'big-integer';
import { QUERY_CEILING } from '#core/parsing/letters.ts';
import type { Answer, ChatRef, MembersPage, UserSession } from '#core/telegram/user-session.ts';
import { Api } from './library.ts';
import type { Call } from './link.ts';
import { toInputChannel, toSeenPeople } from './peers.ts';

/** Telegram's own bound (research: mission §3.6). */
const PAGE = 200;

export const memberCalls = (call: Call, now: () => Date): Pick<UserSession, 'listMembers'> => ({
  listMembers: (chat, offset, search = '') =>
    chat.kind === 'group' ? listGroup(call, now, chat) : listChannel(call, now, chat, offset, search),
});

async function listChannel(
  call: Call,
  now: () => Date,
  chat: ChatRef,
  offset: number,
  search: string,
): Promise<Answer<MembersPage>> {
  const answer = await call(
    new Api.channels.GetParticipants({
      channel: toInputChannel(chat),
      filter: new Api.ChannelParticipantsSearch({ q: search }),
      offset,
      limit: PAGE,
      hash: bigInt.zero,
    }),
  );
  if (!answer.ok) return answer;
  const found = answer.value;
  if (!(found instanceof Api.channels.ChannelParticipants)) {
    return { ok: true, value: { people: [], admins: [], total: offset, nextOffset: undefined } };
  }
  const next = offset + found.participants.length;
  const isLast = found.participants.length === 0 || next >= Math.min(found.count, QUERY_CEILING);
  const admins = found.participants.filter(
    (one) => one instanceof Api.ChannelParticipantAdmin || one instanceof Api.ChannelParticipantCreator,
  );
  return {
    ok: true,
    value: {
      people: toSeenPeople(found.users, now()),
      admins: admins.map((one) => one.userId.toString()),
      total: found.count,
      nextOffset: isLast ? undefined : next,
    },
  };
}

/** A basic group is small: Telegram gives all its members at once. */
async function listGroup(call: Call, now: () => Date, chat: ChatRef): Promise<Answer<MembersPage>> {
  const answer = await call(new Api.messages.GetFullChat({ chatId: bigInt(chat.telegramId) }));
  if (!answer.ok) return answer;
  const full = answer.value.fullChat;
  const list = full instanceof Api.ChatFull ? full.participants : undefined;
  if (!(list instanceof Api.ChatParticipants)) {
    return { ok: false, failure: { kind: 'rpc', error: 'CHAT_ADMIN_REQUIRED' } };
  }
  const ids = new Set(list.participants.map((one) => one.userId.toString()));
  const admins = list.participants.filter((one) => !(one instanceof Api.ChatParticipant));
  return {
    ok: true,
    value: {
      people: toSeenPeople(answer.value.users, now()).filter((person) => ids.has(person.telegramId)),
      admins: admins.map((one) => one.userId.toString()),
      total: list.participants.length,
      nextOffset: undefined,
    },
  };
}
