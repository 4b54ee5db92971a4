import { keepPreviousData, useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import type { PeoplePageAnswer } from '#miniapp/contract/people.ts';
import { keys } from './campaigns.ts';
import { api, unwrap } from './client.ts';
import { ApiProblem, readProblem } from './problem.ts';

export type PersonRow = PeoplePageAnswer['items'][number];
export const PEOPLE_FLAGS = ['hasUsername', 'hasPhoto', 'isPremium'] as const;
/** Kept unless one says otherwise. */
export const PEOPLE_KEEPS = ['keepsBots', 'keepsDeleted', 'keepsScam', 'keepsAdmins'] as const;
export type PeopleFilters = { lastSeen?: PersonRow['lastSeen'] } & {
  [F in (typeof PEOPLE_FLAGS)[number] | (typeof PEOPLE_KEEPS)[number]]?: 'true' | 'false';
};
export type PeopleSort = 'name' | '-name' | 'seen' | '-seen';
export type ExportFormat = 'csv' | 'xlsx' | 'json';

export const usePeople = (wish: {
  taskId: string;
  search: string;
  sort: PeopleSort;
  filters: PeopleFilters;
}) =>
  useInfiniteQuery({
    queryKey: [...keys.people, wish],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => {
      const { taskId, search, sort, filters } = wish;
      const query = { ...filters, taskId, sort, limit: '50' };
      return unwrap(
        api.people.$get({
          query: { ...query, ...(search && { search }), ...(pageParam && { cursor: pageParam }) },
        }),
      );
    },
    getNextPageParam: (page) => page.next ?? undefined,
    placeholderData: keepPreviousData,
  });

export const usePeopleStatistics = (taskId: string, filters: PeopleFilters) =>
  useQuery({
    queryKey: [...keys.people, 'statistics', taskId, filters],
    queryFn: async () => {
      const query = { ...filters, taskId };
      return (await unwrap(api.people.statistics.$get({ query }))).statistics;
    },
    placeholderData: keepPreviousData,
  });

/** Where the file goes: saved on this device, or brought by the bot when it is too large for an answer. */
export type ExportEnd = 'saved' | 'ordered';

export const useExport = () =>
  useMutation({
    mutationFn: async (wish: {
      taskId: string;
      filters: PeopleFilters;
      format: ExportFormat;
    }): Promise<ExportEnd> => {
      const { taskId, filters, format } = wish;
      const answer = await api.people.export.$get({ query: { ...filters, taskId, format } });
      if (answer.ok) {
        saveFile(await answer.blob(), `people.${format}`);
        return 'saved';
      }
      const problem = await readProblem(answer);
      if (!(problem instanceof ApiProblem) || problem.code !== 'export.too_large') throw problem;
      await unwrap(api.exports.$post({ json: { taskId, filter: filterOf(filters), format } }));
      return 'ordered';
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
