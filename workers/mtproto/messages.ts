import type { MessageConditions, UserSession } from '#core/telegram/user-session.ts';
import { Api } from './library.ts';
import type { Call } from './link.ts';
import { older, toMessagesPage } from './message-page.ts';
import { toInputChat, toSeenPeople } from './peers.ts';

/** Telegram's own bound of one list of reactions. */
const REACTIONS_PAGE = 100;

export const messageCalls = (
  call: Call,
  now: () => Date,
): Pick<UserSession, 'listMessages' | 'listReactions'> => ({
  async listMessages(chat, beforeId, conditions) {
    const peer = toInputChat(chat);
    const isWhole = Object.keys(conditions).length === 0;
    const answer = isWhole
      ? await call(new Api.messages.GetHistory({ peer, ...older(beforeId) }))
      : await call(new Api.messages.Search({ peer, ...older(beforeId), ...searchOf(conditions) }));
    if (!answer.ok) return answer;
    // What a keyword finds is Telegram's to say: its search knows more forms of a word than one.
    const { keyword: _, ...span } = conditions;
    return { ok: true, value: toMessagesPage(answer.value, chat, span, now()) };
  },

  async listReactions(chat, messageId, offset) {
    const answer = await call(
      new Api.messages.GetMessageReactionsList({
        peer: toInputChat(chat),
        id: messageId,
        limit: REACTIONS_PAGE,
        ...(offset !== undefined && { offset }),
      }),
    );
    if (!answer.ok) return answer;
    const { reactions, users, count, nextOffset } = answer.value;
    const peers = reactions.flatMap(({ peerId }) => (peerId instanceof Api.PeerUser ? [peerId] : []));
    const ids = new Set(peers.map(({ userId }) => userId.toString()));
    return {
      ok: true,
      value: {
        people: toSeenPeople(users, now()).filter(({ telegramId }) => ids.has(telegramId)),
        read: reactions.length,
        total: count,
        // The library says null where the answer has none.
        nextOffset: (reactions.length > 0 && nextOffset) || undefined,
      },
    };
  },
});

/** Seconds; both ends are excluded at Telegram (core.telegram.org/method/messages.search). */
const searchOf = ({ since, until, keyword = '' }: MessageConditions) => ({
  q: keyword,
  filter: new Api.InputMessagesFilterEmpty(),
  minDate: since ? Math.ceil(since.getTime() / 1000) - 1 : 0,
  maxDate: until ? Math.ceil(until.getTime() / 1000) : 0,
});
