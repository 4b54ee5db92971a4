import { useInfiniteQuery } from '@tanstack/react-query';
import type { ServerTime } from '#miniapp/contract/session.ts';
import { bearer, unwrap } from './client.ts';
import { setServerTime } from './server-clock.ts';

/** A list of the API: a page with the way to the next, or the whole where it stays short. */
type Page<T> = { items: T[]; total: number; next?: string | null } & ServerTime;
type Query = Record<string, string>;

export const REFRESH_MS = 60_000;
const LARGEST_PAGE = '100';

/** A list of the API under `path`, as far as one has read on. `key` is its place in the cache. */
export const useList = <P extends Page<unknown>>(key: readonly string[], path: string, query: Query = {}) => {
  const { data, ...rest } = useInfiniteQuery({
    queryKey: [...key, path, query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => readPage<P>(path, query, pageParam),
    getNextPageParam: (page) => page.next ?? undefined,
    refetchInterval: REFRESH_MS,
  });
  const items = data?.pages.flatMap((page) => page.items) as P['items'] | undefined;
  return { ...rest, first: data?.pages[0], items, total: data?.pages[0]?.total ?? 0 };
};

/** All of a list, page after page, where somebody is to choose among all or looks for one of them. */
export const readAll = async <P extends Page<unknown>>(
  path: string,
  query: Query = {},
): Promise<P['items']> => {
  const items: P['items'] = [];
  let cursor: string | undefined;
  do {
    const page: P = await readPage<P>(path, { ...query, limit: LARGEST_PAGE }, cursor);
    items.push(...page.items);
    cursor = page.next ?? undefined;
  } while (cursor);
  return items;
};

const readPage = async <P extends Page<unknown>>(
  path: string,
  query: Query,
  cursor: string | undefined,
): Promise<P> => {
  const asked = new URLSearchParams({ ...query, ...(cursor && { cursor }) });
  const page = await unwrap<P>(fetch(`/api/v1${path}?${asked}`, { headers: bearer() }));
  setServerTime(page);
  return page;
};
