import type { MembersCursor } from '#core/parsing/cursor.ts';
import { letterAfter } from '#core/parsing/letters.ts';
import { emptyPage, type ReadSource } from './source-page.ts';

/** 200 members a page; beyond what one query serves by the letters of their names, where that is wished. */
export const readMembers: ReadSource<'members'> = async ({ session, chat, cursor, wish }) => {
  const { letter, offset } = cursor;
  const page = await session.listMembers(chat, offset, letter);
  if (!page.ok) return page;
  const { people, admins, total, nextOffset } = page.value;
  const isEverybody = letter === '';
  const nextLetter = wish.searchesLetters ? letterAfter(letter, total) : undefined;
  const next = (place: Pick<MembersCursor, 'offset' | 'letter'>): MembersCursor => ({
    source: 'members',
    ...place,
  });
  return {
    ok: true,
    value: {
      ...emptyPage,
      people,
      admins,
      seen: people.length,
      mayRepeat: !isEverybody,
      total: isEverybody ? total : null,
      next:
        nextOffset !== undefined
          ? next({ letter, offset: nextOffset })
          : nextLetter !== undefined
            ? next({ letter: nextLetter, offset: 0 })
            : undefined,
    },
  };
};
