import { Hono } from 'hono';
import { changeRole } from '#db/commands/change-role.ts';
import { removeMember } from '#db/commands/remove-member.ts';
import { listMemberPage } from '#db/queries/list-members.ts';
import { pageQuery } from '#miniapp/contract/page.ts';
import { type MemberPage, memberPageSchema, memberParams, roleBody } from '#miniapp/contract/team.ts';
import { commandContext } from '../command-context.ts';
import type { ServerDeps } from '../deps.ts';
import { door } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';
import { pageView, pageWish } from '../http/pages.ts';
import { validate } from '../http/validate.ts';
import { mayInvite, memberView } from '../team-views.ts';
import { serverTime } from '../views.ts';

/**
 * The people of the workspace. Everybody reads; who may change or remove whom is for the rules of the team, which let
 * everybody lower and remove themselves.
 */
export const memberRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>()
    .get(
      '/',
      door(deps, {
        summary: 'Everybody in the workspace, in the order in which they came',
        role: 'viewer',
        answers: memberPageSchema,
      }),
      validate('query', pageQuery),
      async (c) => {
        const { operatorId, workspaceId } = c.get('caller');
        const ctx = { db: deps.db, workspaceId };
        const { team, ...page } = await listMemberPage(ctx, pageWish(c.req.valid('query')));
        const answer: MemberPage = {
          ...serverTime(deps),
          ...pageView(page, memberView(team, operatorId)),
          mayInvite: mayInvite(team, operatorId),
        };
        return c.json(answer);
      },
    )
    .patch(
      '/:operatorId',
      door(deps, { summary: 'Give a member another role', role: 'viewer', isFresh: true }),
      validate('param', memberParams),
      validate('json', roleBody),
      async (c) => {
        const wish = { ...c.req.valid('param'), ...c.req.valid('json') };
        await changeRole(commandContext(deps, c.get('caller')), wish);
        return c.body(null, 204);
      },
    )
    .delete(
      '/:operatorId',
      door(deps, { summary: 'Take a member out, or leave', role: 'viewer', isFresh: true }),
      validate('param', memberParams),
      async (c) => {
        await removeMember(commandContext(deps, c.get('caller')), c.req.valid('param'));
        return c.body(null, 204);
      },
    );
