import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, done, unwrap } from './client.ts';
import { setServerTime } from './server-clock.ts';

const key = ['retention'] as const;

/** How long collected people are kept, and the last passes over them. */
export const useRetention = () =>
  useQuery({
    queryKey: key,
    queryFn: async () => {
      const answer = await unwrap(api.retention.$get());
      setServerTime(answer);
      return answer;
    },
  });

export const useChangeRetention = () => {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (keptDays: number) => done(api.retention.$put({ json: { keptDays } })),
    onSettled: () => cache.invalidateQueries({ queryKey: key }),
  });
};

/** Everything the workspace keeps of one person. Only owners may ask. */
export const usePersonData = () =>
  useMutation({
    mutationFn: async (person: string) =>
      (await unwrap(api.people['personal-data'].$post({ json: { person } }))).data,
  });

/** Erases one person; `confirmation` is the person typed a second time. */
export const useErasePerson = () => {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (json: { person: string; confirmation: string }) =>
      unwrap(api.people.erasure.$post({ json })),
    onSuccess: () => cache.invalidateQueries(),
  });
};
