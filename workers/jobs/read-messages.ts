import { conditionsOf } from '#core/parsing/wish.ts';
import { authorsOf, emptyPage, type ReadSource } from './source-page.ts';

/** The authors of a group's messages, newest first, 100 messages a page. */
export const readMessages: ReadSource<'messages'> = async ({ session, chat, cursor, wish }) => {
  const answer = await session.listMessages(chat, cursor.beforeMessageId ?? undefined, conditionsOf(wish));
  if (!answer.ok) return answer;
  const { read, total, nextBeforeId } = answer.value;
  return {
    ok: true,
    value: {
      ...emptyPage,
      ...authorsOf(answer.value),
      seen: read,
      total,
      next: nextBeforeId === undefined ? undefined : { source: 'messages', beforeMessageId: nextBeforeId },
    },
  };
};
