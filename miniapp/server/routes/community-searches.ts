import { Hono } from 'hono';
import { SEARCHES_PER_HOUR } from '#core/community/search.ts';
import { latest } from '#core/duration.ts';
import { requestCommunitySearch } from '#db/commands/request-community-search.ts';
import { listFound } from '#db/queries/list-communities.ts';
import {
  type CommunitySearchItem,
  getCommunitySearch,
  listCommunitySearches,
  readSearchQuota,
} from '#db/queries/list-community-searches.ts';
import { type CommunityPage, communityPageSchema, foundQuery } from '#miniapp/contract/communities.ts';
import {
  type CommunitySearch,
  type CommunitySearchAnswer,
  type CommunitySearchPage,
  searchAnswerSchema,
  searchBody,
  searchCreatedSchema,
  searchPageSchema,
  searchParams,
} from '#miniapp/contract/community-searches.ts';
import { pageQuery } from '#miniapp/contract/page.ts';
import { commandContext } from '../command-context.ts';
import type { ServerDeps } from '../deps.ts';
import { readPosition, writePosition } from '../http/cursor.ts';
import { door } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';
import { pageView, pageWish } from '../http/pages.ts';
import { validate } from '../http/validate.ts';
import { communityView, serverTime } from '../views.ts';

/** Questions for communities, and what was found. */
export const communitySearchRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>()
    .get(
      '/',
      door(deps, {
        summary: 'Searches, newest first, and how many more may be made',
        role: 'viewer',
        answers: searchPageSchema,
      }),
      validate('query', pageQuery),
      async (c) => {
        const ctx = { db: deps.db, workspaceId: c.get('caller').workspaceId };
        const page = await listCommunitySearches(ctx, pageWish(c.req.valid('query')));
        const now = deps.clock.now();
        const { left, accounts } = await readSearchQuota(ctx, now);
        const answer: CommunitySearchPage = {
          ...serverTime(deps),
          ...pageView(page, (row) => searchView(row, now)),
          quota: { left, perHour: accounts * SEARCHES_PER_HOUR },
        };
        return c.json(answer);
      },
    )
    .post(
      '/',
      door(deps, {
        summary: "Search communities by words, by likeness, among an account's own, or name many at once",
        role: 'operator',
        isCreating: true,
        answers: searchCreatedSchema,
        status: 202,
      }),
      validate('json', searchBody),
      async (c) => {
        const ctx = commandContext(deps, c.get('caller'), c.get('once'));
        return c.json(await requestCommunitySearch(ctx, c.req.valid('json')), 202);
      },
    )
    .get(
      '/:searchId',
      door(deps, { summary: 'A search and how far it is', role: 'viewer', answers: searchAnswerSchema }),
      validate('param', searchParams),
      async (c) => {
        const ctx = { db: deps.db, workspaceId: c.get('caller').workspaceId };
        const row = await getCommunitySearch(ctx, c.req.valid('param'));
        const answer: CommunitySearchAnswer = {
          ...serverTime(deps),
          search: searchView(row, deps.clock.now()),
        };
        return c.json(answer);
      },
    )
    .get(
      '/:searchId/communities',
      door(deps, {
        summary: "What a search found, in Telegram's order",
        role: 'viewer',
        answers: communityPageSchema,
      }),
      validate('param', searchParams),
      validate('query', foundQuery),
      async (c) => {
        const ctx = { db: deps.db, workspaceId: c.get('caller').workspaceId };
        const { cursor, ...wish } = c.req.valid('query');
        const { searchId } = c.req.valid('param');
        const page = await listFound(ctx, { ...wish, searchId, after: readPosition(cursor) });
        const answer: CommunityPage = {
          ...serverTime(deps),
          items: page.items.map(communityView),
          total: page.total,
          next: writePosition(page.next),
        };
        return c.json(answer);
      },
    );

const searchView = (row: CommunitySearchItem, now: Date): CommunitySearch => {
  const { likeTitle, likeReference, searchAt, accountRecoversAt, ...search } = row;
  const until = latest(searchAt ?? now, accountRecoversAt ?? now);
  return {
    ...search,
    like: likeTitle ?? likeReference,
    waitsUntil: search.status === 'waiting' && until > now ? until.toISOString() : null,
    createdAt: search.createdAt.toISOString(),
    finishedAt: search.finishedAt?.toISOString() ?? null,
  };
};
