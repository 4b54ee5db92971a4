import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { ParseTask } from '#miniapp/contract/parse-tasks.ts';
import { keys } from './campaigns.ts';
import { api, done, unwrap } from './client.ts';
import { setServerTime } from './server-clock.ts';

const REFRESH_MS = 60_000;

export type Source = ParseTask['source'];
export type Speed = ParseTask['speed'];

export const useTasks = () =>
  useInfiniteQuery({
    queryKey: [...keys.tasks, 'list'],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam }) => {
      const query = { limit: '20', ...(pageParam && { cursor: pageParam }) };
      const page = await unwrap(api['parse-tasks'].$get({ query }));
      setServerTime(page);
      return page;
    },
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: REFRESH_MS,
  });

export const useTask = (taskId: string) =>
  useQuery({
    queryKey: [...keys.tasks, 'one', taskId],
    queryFn: async () => {
      const answer = await unwrap(api['parse-tasks'][':taskId'].$get({ param: { taskId } }));
      setServerTime(answer);
      return answer.task;
    },
    refetchInterval: REFRESH_MS,
  });

/** How long it would take at each speed; null until an account has read the community. */
export const useEstimate = (wish: { communityId: string; source: Source; searchesLetters: boolean }) =>
  useQuery({
    queryKey: [...keys.communities, 'estimate', wish],
    queryFn: async () => {
      const { searchesLetters, ...query } = wish;
      const asked = { ...query, ...(searchesLetters && { searchesLetters: 'true' as const }) };
      return (await unwrap(api['parse-tasks'].estimate.$get({ query: asked }))).estimate;
    },
  });

export type NewTask = Pick<ParseTask, 'communityId' | 'source' | 'speed' | 'priority' | 'wish'> & {
  accountId?: string;
};

export const useCreateTask = () => {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (task: NewTask) => unwrap<{ taskId: string }>(api['parse-tasks'].$post({ json: task })),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.tasks }),
  });
};

export type TaskVerb = 'pause' | 'resume' | 'cancel' | 'restart' | 'delete';

/** Steers a task, and shows what the server makes of it, also when it refuses. */
export const useTaskDeed = (taskId: string) => {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (verb: TaskVerb) => {
      const route = api['parse-tasks'][':taskId'];
      const param = { taskId };
      return done(verb === 'delete' ? route.$delete({ param }) : route[verb].$post({ param }));
    },
    onSettled: (_, error, verb) =>
      // What is deleted is not there to be fetched again.
      cache.invalidateQueries({
        queryKey: verb === 'delete' && !error ? [...keys.tasks, 'list'] : keys.tasks,
      }),
  });
};
