import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { Community, CommunityPage } from '#miniapp/contract/communities.ts';
import { keys } from './campaigns.ts';
import { api, done, unwrap } from './client.ts';
import { REFRESH_MS, readAll } from './pages.ts';
import { setServerTime } from './server-clock.ts';

const SEARCHES_SHOWN = '6';

export type Mark = Community['mark'];
export type CommunityKind = NonNullable<Community['kind']>;
/** One of the three lists, or what one search found. */
export type Shown = { mark: Mark } | { searchId: string };
/** As the server takes them; an absent one leaves it open. */
export type CommunityFilters = {
  kind?: CommunityKind;
  least?: string;
  most?: string;
  language?: string;
} & { [F in YesOrNo]?: 'true' | 'false' };
export const YES_OR_NO = ['offered', 'hasComments', 'hasDiscussion', 'membersHidden'] as const;
export type YesOrNo = (typeof YES_OR_NO)[number];

export const useCommunities = (shown: Shown, filters: CommunityFilters) =>
  useInfiniteQuery({
    queryKey: [...keys.communities, shown, filters],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam }) => {
      const query = { ...filters, limit: '20', ...(pageParam && { cursor: pageParam }) };
      const page = await unwrap(
        'mark' in shown
          ? api.communities.$get({ query: { ...query, mark: shown.mark } })
          : api['community-searches'][':searchId'].communities.$get({ param: shown, query }),
      );
      setServerTime(page);
      return page;
    },
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: REFRESH_MS,
  });

/** All that are saved, for somebody to choose one. */
export const useSavedCommunities = (filters: CommunityFilters = {}) =>
  useQuery({
    queryKey: [...keys.communities, 'saved', filters],
    queryFn: () => readAll<CommunityPage>('/communities', { ...filters, mark: 'saved' }),
  });

/** One community; undefined asks for none. */
export const useCommunity = (communityId: string | undefined) =>
  useQuery({
    queryKey: [...keys.communities, 'one', communityId],
    enabled: communityId !== undefined,
    queryFn: async () => {
      const param = { communityId: communityId ?? '' };
      return (await unwrap(api.communities[':communityId'].$get({ param }))).community;
    },
  });

/** The last searches, and how many more the accounts may make. */
export const useSearches = () =>
  useQuery({
    queryKey: keys.searches,
    queryFn: async () => {
      const answer = await unwrap(api['community-searches'].$get({ query: { limit: SEARCHES_SHOWN } }));
      setServerTime(answer);
      return answer;
    },
    refetchInterval: REFRESH_MS,
  });

export type SearchWish =
  | { kind: 'words'; words: string; accountId?: string }
  | { kind: 'similar'; communityId: string }
  | { kind: 'dialogs'; accountId: string }
  | { kind: 'references'; references: string[] };

export const useSearch = () => {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (wish: SearchWish) =>
      unwrap<{ searchId: string }>(api['community-searches'].$post({ json: wish })),
    onSettled: () => refresh(cache),
  });
};

/** Saves, blocks or lets go of a community. */
export const useMark = () => {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ communityId, mark }: { communityId: string; mark: Mark }) =>
      done(api.communities[':communityId'].$patch({ param: { communityId }, json: { mark } })),
    onSettled: () => refresh(cache),
  });
};

const refresh = (cache: ReturnType<typeof useQueryClient>) =>
  Promise.all([
    cache.invalidateQueries({ queryKey: keys.communities }),
    cache.invalidateQueries({ queryKey: keys.searches }),
  ]);
