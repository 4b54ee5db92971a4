import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  AudiencePage,
  audienceBody,
  SuppressionPage,
  suppressionBody,
} from '#miniapp/contract/audiences.ts';
import type { ParseTaskPage } from '#miniapp/contract/parse-tasks.ts';
import { api, done, unwrap } from './client.ts';
import { useList } from './pages.ts';

const keys = { audiences: ['audience'] as const, suppressions: ['suppression'] as const };

export const useAudiences = () => useList<AudiencePage>(keys.audiences, '/audiences');

export const useTasks = () => useList<ParseTaskPage>(['parse_task'], '/parse-tasks', { limit: '100' });

/** An audience with the typed lines that became nobody. */
export const useAudience = (audienceId: string) =>
  useQuery({
    queryKey: [...keys.audiences, audienceId],
    queryFn: async () =>
      (await unwrap(api.audiences[':audienceId'].$get({ param: { audienceId } }))).audience,
  });

export type AudienceWish = (typeof audienceBody)['_input'];

/** Has an audience put together by a worker. */
export const useMakeAudience = () => {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (wish: AudienceWish) => unwrap(api.audiences.$post({ json: wish })),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.audiences }),
  });
};

/** Orders the members of an audience as a file, which the bot brings. */
export const useExport = (audienceId: string) =>
  useMutation({
    mutationFn: (format: 'csv' | 'xlsx' | 'json') =>
      unwrap(api.exports.$post({ json: { audienceId, format } })),
  });

/** Those of one person, or all. */
export const useSuppressions = (person: string) =>
  useList<SuppressionPage>(keys.suppressions, '/suppressions', person ? { person } : {});

export const useSuppress = () => {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (wish: (typeof suppressionBody)['_input']) => done(api.suppressions.$post({ json: wish })),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.suppressions }),
  });
};

export const useLift = () => {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (wish: { suppressionId: string; reason: string }) =>
      unwrap(api.suppressions.lift.$post({ json: wish })),
    onSettled: () => cache.invalidateQueries({ queryKey: keys.suppressions }),
  });
};
