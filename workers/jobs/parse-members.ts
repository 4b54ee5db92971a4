import { defineLaneJob } from '../runtime/define-job.ts';
import { type ReadPage, readPages } from './read-pages.ts';

/** Collects the members of a group, 200 a page. */
export const parseMembers = defineLaneJob('parse-members', (job, deps, lane) =>
  readPages(job, deps, lane, readMembers),
);

const readMembers: ReadPage = async (session, chat, cursor) => {
  const offset = cursor.source === 'members' ? cursor.offset : 0;
  const page = await session.listMembers(chat, offset);
  if (!page.ok) return page;
  const { people, admins, total, nextOffset } = page.value;
  return {
    ok: true,
    value: {
      people,
      admins,
      refs: [],
      seen: people.length,
      total,
      next: nextOffset === undefined ? undefined : { source: 'members', offset: nextOffset },
    },
  };
};
