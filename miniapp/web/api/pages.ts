import { useInfiniteQuery } from '@tanstack/react-query';
import type { ServerTime } from '#miniapp/contract/session.ts';
import { bearer, unwrap } from './client.ts';
import { setServerTime } from './server-clock.ts';

/** A list of the API: whole, or a page of it with the way to the next. */
type Page<T> = { items: T[]; total?: number; next?: string | null } & Partial<ServerTime>;

export const REFRESH_MS = 60_000;

/** A list of the API under `path`, as far as one has read on. `key` is its place in the cache. */
export const useList = <P extends Page<unknown>>(
  key: readonly string[],
  path: string,
  query: Record<string, string> = {},
) => {
  const { data, ...rest } = useInfiniteQuery({
    queryKey: [...key, path, query],
    initialPageParam: undefined as string | undefined,
    queryFn: async ({ pageParam }) => {
      const asked = new URLSearchParams({ ...query, ...(pageParam && { cursor: pageParam }) });
      const page = await unwrap<P>(fetch(`/api/v1${path}?${asked}`, { headers: bearer() }));
      const { now, timeScale } = page;
      if (now && timeScale) setServerTime({ now, timeScale });
      return page;
    },
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: REFRESH_MS,
  });
  const items = data?.pages.flatMap((page) => page.items) as P['items'] | undefined;
  return { ...rest, first: data?.pages[0], items, total: data?.pages[0]?.total ?? items?.length ?? 0 };
};
