import type { CursorOf, ParseCursor } from '#core/parsing/cursor.ts';
import type { ParseWish } from '#core/parsing/wish.ts';
import type { ParseSource } from '#core/statuses.ts';
import type { Answer, ChatRef, MessagesPage, TelegramId, UserSession } from '#core/telegram/user-session.ts';
import type { ParsePage } from '#db/commands/store-parse-page.ts';

/** One page as a source read it. `next` is undefined when it was the last. */
export type SourcePage = ParsePage & { next: ParseCursor | undefined };

/** What a source is given to read its next page. */
export type SourceRequest<S extends ParseSource> = {
  session: UserSession;
  chat: ChatRef;
  cursor: CursorOf<S>;
  wish: ParseWish;
  /** Members, messages or reactions of earlier pages. */
  seenBefore: number;
};

export type ReadSource<S extends ParseSource> = (request: SourceRequest<S>) => Promise<Answer<SourcePage>>;

/** A page that shows nobody. */
export const emptyPage: Omit<ParsePage, 'total'> = {
  people: [],
  refs: [],
  admins: [],
  messages: new Map(),
  seen: 0,
  mayRepeat: false,
  media: 0,
  impersonal: 0,
};

/** Authors with the number of their messages; the oldest of the page addresses a `min` one. */
export function authorsOf(
  page: MessagesPage,
): Pick<ParsePage, 'people' | 'refs' | 'messages' | 'media' | 'impersonal'> {
  const { authored, people, chat, media, impersonal } = page;
  const messages = new Map<TelegramId, number>();
  for (const { authorId } of authored) messages.set(authorId, (messages.get(authorId) ?? 0) + 1);
  const last = new Map(authored.map(({ authorId, messageId }) => [authorId, messageId]));
  const refs = [...last].map(([telegramId, messageId]) => ({ telegramId, chat, messageId }));
  return { people, refs, messages, media, impersonal };
}
