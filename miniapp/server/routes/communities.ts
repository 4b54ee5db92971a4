import { Hono } from 'hono';
import { markCommunity } from '#db/commands/mark-community.ts';
import { requestCommunity } from '#db/commands/request-community.ts';
import { getCommunity, listCommunities } from '#db/queries/list-communities.ts';
import {
  type CommunityAnswer,
  type CommunityPage,
  communitiesQuery,
  communityAnswerSchema,
  communityBody,
  communityCreatedSchema,
  communityPageSchema,
  communityParams,
  markBody,
} from '#miniapp/contract/communities.ts';
import { commandContext } from '../command-context.ts';
import type { ServerDeps } from '../deps.ts';
import { door } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';
import { pageView, pageWish } from '../http/pages.ts';
import { validate } from '../http/validate.ts';
import { communityView, serverTime } from '../views.ts';

/** The communities a workspace has named or found, with what an account has read of each. */
export const communityRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>()
    .get(
      '/',
      door(deps, {
        summary: 'Communities that were saved, blocked or found, newest first',
        role: 'viewer',
        answers: communityPageSchema,
      }),
      validate('query', communitiesQuery),
      async (c) => {
        const { workspaceId } = c.get('caller');
        const { limit, cursor, ...wish } = c.req.valid('query');
        const page = await listCommunities(
          { db: deps.db, workspaceId },
          { ...wish, ...pageWish({ limit, cursor }) },
        );
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
    )
    .patch(
      '/:communityId',
      door(deps, { summary: 'Save, block or let go of a community', role: 'operator' }),
      validate('param', communityParams),
      validate('json', markBody),
      async (c) => {
        const { communityId } = c.req.valid('param');
        const { mark } = c.req.valid('json');
        await markCommunity(commandContext(deps, c.get('caller')), { communityId, mark });
        return c.body(null, 204);
      },
    );
