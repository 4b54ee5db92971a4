import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import type { PeoplePageAnswer } from '#miniapp/contract/people.ts';
import { keys } from './campaigns.ts';
import { api, unwrap } from './client.ts';
import { readProblem } from './problem.ts';

export type PersonRow = PeoplePageAnswer['items'][number];
export const PEOPLE_FLAGS = ['hasUsername', 'hasPhoto', 'isPremium'] as const;
/** Kept unless one says otherwise. */
export const PEOPLE_KEEPS = ['keepsBots', 'keepsDeleted', 'keepsScam', 'keepsAdmins'] as const;
export type PeopleFilters = { lastSeen?: PersonRow['lastSeen'] } & {
  [F in (typeof PEOPLE_FLAGS)[number] | (typeof PEOPLE_KEEPS)[number]]?: 'true' | 'false';
};
export type PeopleSort = 'name' | '-name' | 'seen' | '-seen';
export type ExportFormat = 'csv' | 'xlsx' | 'json';

type PeopleWish = PeopleFilters & { search: string; sort: PeopleSort } & (
    | { taskId: string }
    | { audienceId: string }
  );

const usePages = ({ search, ...wish }: PeopleWish) =>
  useInfiniteQuery({
    queryKey: [...keys.people, wish, search],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      unwrap(
        api.people.$get({
          query: { ...wish, limit: '50', ...(search && { search }), ...(pageParam && { cursor: pageParam }) },
        }),
      ),
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const usePeople = (wish: {
  taskId: string;
  search: string;
  sort: PeopleSort;
  filters: PeopleFilters;
}) => {
  const { filters, ...rest } = wish;
  return usePages({ ...filters, ...rest });
};

/** Those of an audience by name, with why they are in it and whence. */
export const useMembers = (wish: { audienceId: string; search: string }) =>
  usePages({ ...wish, sort: 'name' });

export const usePeopleStatistics = (taskId: string, filters: PeopleFilters) =>
  useQuery({
    queryKey: [...keys.people, 'statistics', taskId, filters],
    queryFn: async () => {
      const query = { ...filters, taskId };
      return (await unwrap(api.people.statistics.$get({ query }))).statistics;
    },
    placeholderData: keepPreviousData,
  });

/** Web clients of Telegram let no Mini App save a file, and do not say so: there only the bot can bring it. */
export type ExportWay = 'bot' | 'device';
/** What became of it; what is too large for an answer is brought by the bot in any case. */
export type ExportEnd = 'saved' | 'ordered' | 'too_large';

export const useExport = () =>
  useMutation({
    mutationFn: async (wish: {
      taskId: string;
      filters: PeopleFilters;
      format: ExportFormat;
      way: ExportWay;
    }): Promise<ExportEnd> => {
      const { taskId, filters, format, way } = wish;
      const order = () => unwrap(api.exports.$post({ json: { taskId, filter: filterOf(filters), format } }));
      if (way === 'bot') {
        await order();
        return 'ordered';
      }
      const answer = await api.people.export.$get({ query: { ...filters, taskId, format } });
      if (answer.ok) {
        saveFile(await answer.blob(), `people.${format}`);
        return 'saved';
      }
      const problem = await readProblem(answer);
      if (problem.code !== 'export.too_large') throw problem;
      await order();
      return 'too_large';
    },
  });

export const useMakeAudience = () =>
  useMutation({
    mutationFn: ({ name, taskId, filters }: { name: string; taskId: string; filters: PeopleFilters }) =>
      unwrap<{ audienceId: string }>(
        api.audiences.$post({ json: { name, taskIds: [taskId], filter: filterOf(filters) } }),
      ),
  });

/** The same filter as a body says it, where nobody is left out unless it says so. */
const filterOf = ({ lastSeen, ...flags }: PeopleFilters) => ({
  keepsBots: flags.keepsBots !== 'false',
  keepsDeleted: flags.keepsDeleted !== 'false',
  keepsScam: flags.keepsScam !== 'false',
  keepsAdmins: flags.keepsAdmins !== 'false',
  ...(lastSeen && { lastSeen: [lastSeen] }),
  ...Object.fromEntries(
    PEOPLE_FLAGS.flatMap((flag) => (flags[flag] ? [[flag, flags[flag] === 'true']] : [])),
  ),
});

const saveFile = (content: Blob, name: string): void => {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  // The browser has begun to read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};
