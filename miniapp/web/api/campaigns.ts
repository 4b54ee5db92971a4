import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api, unwrap } from './client.ts';
import { ApiProblem } from './problem.ts';
import { setServerTime } from './server-clock.ts';

/** Keys of what is cached, the rest under the noun of its events; the live stream invalidates by them. */
export const keys = {
  me: ['me'] as const,
  team: ['team'] as const,
  invitations: ['invitations'] as const,
  sessions: ['sessions'] as const,
  communities: ['community'] as const,
  searches: ['community_search'] as const,
  tasks: ['parse_task'] as const,
  people: ['people'] as const,
  campaigns: ['campaigns'] as const,
  account: ['account'] as const,
  campaign: (campaignId?: string) => (campaignId ? ['campaign', campaignId] : ['campaign']),
};

/** A page that is looked at is refreshed now and then even when nothing happens: it keeps the session in use. */
const REFRESH_MS = 60_000;

export const useCampaigns = () =>
  useInfiniteQuery({
    queryKey: keys.campaigns,
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam }) => {
      const query = { limit: '20', ...(pageParam && { cursor: pageParam }) };
      const page = await unwrap(api.campaigns.$get({ query }));
      setServerTime(page);
      return page;
    },
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: REFRESH_MS,
  });

export const useCampaign = (campaignId: string) =>
  useQuery({
    queryKey: keys.campaign(campaignId),
    queryFn: async () => {
      const answer = await unwrap(api.campaigns[':campaignId'].$get({ param: { campaignId } }));
      setServerTime(answer);
      return answer.campaign;
    },
    refetchInterval: REFRESH_MS,
  });

/**
 * What becomes of a campaign that has not ended. It costs the server more than a look at rows, so it is not fetched with
 * every event: now and then, and when the campaign is paused or goes on.
 */
export const useForecast = ({ campaignId, status }: { campaignId: string; status: string }) =>
  useQuery({
    queryKey: ['forecast', campaignId, status],
    queryFn: async () => {
      const answer = await unwrap(api.campaigns[':campaignId'].forecast.$get({ param: { campaignId } }));
      setServerTime(answer);
      return answer.forecast;
    },
    staleTime: REFRESH_MS,
    refetchInterval: REFRESH_MS,
  });

export type SteeringVerb = 'pause' | 'resume' | 'cancel';

/** Pauses, resumes or cancels a campaign and shows what the server makes of it, also when it refuses. */
export const useSteering = (campaignId: string) => {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async ({ verb, reason }: { verb: SteeringVerb; reason?: string | undefined }) => {
      const route = api.campaigns[':campaignId'];
      const param = { campaignId };
      if (verb !== 'resume') return unwrap<{ status: string }>(route[verb].$post({ param }));
      return unwrap<{ status: string }>(route.resume.$post({ param, json: reason ? { reason } : {} }));
    },
    onSettled: () =>
      Promise.all([
        cache.invalidateQueries({ queryKey: keys.campaign(campaignId) }),
        cache.invalidateQueries({ queryKey: keys.campaigns }),
      ]),
  });
};

/** A refusal stays one however often it is asked; anything else gets two more tries. */
export const isWorthRetrying = (failures: number, error: unknown): boolean =>
  failures < 2 && (!(error instanceof ApiProblem) || error.code === 'internal');
