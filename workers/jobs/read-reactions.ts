import type { ReactionsCursor } from '#core/parsing/cursor.ts';
import { conditionsOf } from '#core/parsing/wish.ts';
import type { Answer } from '#core/telegram/user-session.ts';
import { emptyPage, type ReadSource, type SourcePage, type SourceRequest } from './source-page.ts';

type Request = SourceRequest<'reactions'>;

/** Who reacted to the messages of a group: a page is one list of messages, or one list of people who reacted. */
export const readReactions: ReadSource<'reactions'> = (request) =>
  request.cursor.messages.length === 0 ? readMessages(request) : readReactors(request);

/** A message that is gone since it was listed ends with itself, not with the task. */
const MESSAGE_GONE = new Set(['MSG_ID_INVALID', 'MESSAGE_ID_INVALID']);

async function readMessages(request: Request): Promise<Answer<SourcePage>> {
  const { session, chat, cursor: place, wish, seenBefore } = request;
  const answer = await session.listMessages(chat, place.beforeMessageId ?? undefined, conditionsOf(wish));
  if (!answer.ok) return answer;
  const { reacted, media, nextBeforeId } = answer.value;
  const next: ReactionsCursor = {
    source: 'reactions',
    messages: reacted,
    offset: null,
    beforeMessageId: nextBeforeId ?? null,
    isLastPage: nextBeforeId === undefined,
  };
  const total = seenBefore + reactionsLeft(next);
  return { ok: true, value: { ...emptyPage, media, total, next: unlessOver(next) } };
}

async function readReactors(request: Request): Promise<Answer<SourcePage>> {
  const { session, chat, cursor: place, seenBefore } = request;
  const messageId = place.messages[0]?.messageId ?? 0;
  const answer = await session.listReactions(chat, messageId, place.offset ?? undefined);
  if (!answer.ok) {
    if (!MESSAGE_GONE.has(answer.failure.error)) return answer;
    return { ok: true, value: { ...emptyPage, total: null, next: unlessOver(afterMessage(place)) } };
  }
  const { people, read, nextOffset } = answer.value;
  const next = nextOffset === undefined ? afterMessage(place) : afterReactors(place, read, nextOffset);
  const total = seenBefore + read + reactionsLeft(next);
  return { ok: true, value: { ...emptyPage, people, seen: read, total, next: unlessOver(next) } };
}

const afterMessage = (place: ReactionsCursor): ReactionsCursor => ({
  ...place,
  messages: place.messages.slice(1),
  offset: null,
});

function afterReactors(place: ReactionsCursor, count: number, offset: string): ReactionsCursor {
  const [message, ...others] = place.messages;
  if (!message) return place;
  const rest = { ...message, reactions: Math.max(0, message.reactions - count) };
  return { ...place, messages: [rest, ...others], offset };
}

/** By Telegram's own counts, for the messages listed so far. */
const reactionsLeft = (place: ReactionsCursor): number =>
  place.messages.reduce((sum, message) => sum + message.reactions, 0);

const unlessOver = (place: ReactionsCursor): ReactionsCursor | undefined =>
  place.isLastPage && place.messages.length === 0 ? undefined : place;
