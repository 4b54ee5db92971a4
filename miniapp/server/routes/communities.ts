import { Hono } from 'hono';
import { requestCommunity } from '#db/commands/request-community.ts';
import { type CommunityItem, getCommunity, listCommunities } from '#db/queries/list-communities.ts';
import {
  type Community,
  type CommunityAnswer,
  type CommunityPage,
  communityAnswerSchema,
  communityBody,
  communityCreatedSchema,
  communityPageSchema,
  communityParams,
} from '#miniapp/contract/communities.ts';
import { pageQuery } from '#miniapp/contract/page.ts';
import { commandContext } from '../command-context.ts';
import type { ServerDeps } from '../deps.ts';
import { door } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';
import { pageView, pageWish } from '../http/pages.ts';
import { validate } from '../http/validate.ts';
import { serverTime } from '../views.ts';

/** The communities a workspace has named, with what an account has read of each. */
export const communityRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>()
    .get(
      '/',
      door(deps, { summary: 'Communities, newest first', role: 'viewer', answers: communityPageSchema }),
      validate('query', pageQuery),
      async (c) => {
        const { workspaceId } = c.get('caller');
        const page = await listCommunities({ db: deps.db, workspaceId }, pageWish(c.req.valid('query')));
        const answer: CommunityPage = {
          ...serverTime(deps),
          ...pageView(page, communityView),
        };
        return c.json(answer);
      },
    )
    .post(
      '/',
      door(deps, {
        summary: 'Name a community, to be read by an account; one that is known is answered as it is',
        role: 'operator',
        isCreating: true,
        answers: communityCreatedSchema,
        status: 202,
      }),
      validate('json', communityBody),
      async (c) => {
        const ctx = commandContext(deps, c.get('caller'), c.get('once'));
        return c.json(await requestCommunity(ctx, c.req.valid('json')), 202);
      },
    )
    .get(
      '/:communityId',
      door(deps, { summary: 'A community', role: 'viewer', answers: communityAnswerSchema }),
      validate('param', communityParams),
      async (c) => {
        const { workspaceId } = c.get('caller');
        const row = await getCommunity({ db: deps.db, workspaceId }, c.req.valid('param'));
        const answer: CommunityAnswer = { ...serverTime(deps), community: communityView(row) };
        return c.json(answer);
      },
    );

const communityView = (row: CommunityItem): Community => ({
  ...row,
  checkedAt: row.checkedAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
});
