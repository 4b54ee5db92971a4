import { Hono } from 'hono';
import { changeRole } from '#db/commands/change-role.ts';
import { removeMember } from '#db/commands/remove-member.ts';
import { listMembers } from '#db/queries/list-members.ts';
import { type MembersAnswer, memberParams, roleBody } from '#miniapp/contract/team.ts';
import { requireFreshLaunch } from '../auth/require-fresh-launch.ts';
import { requireSession } from '../auth/require-session.ts';
import { commandContext } from '../command-context.ts';
import type { ServerDeps } from '../deps.ts';
import type { ServerEnv } from '../http/env.ts';
import { limitOperator } from '../http/limit-calls.ts';
import { validate } from '../http/validate.ts';
import { teamView } from '../team-views.ts';
import { serverTime } from '../views.ts';

/**
 * The people of the workspace. Everybody reads; who may change or remove whom is for the rules of the team, which let
 * everybody lower and remove themselves.
 */
export const memberRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>()
    .use(requireSession(deps))
    .use(limitOperator(deps))
    .get('/', async (c) => {
      const { operatorId, workspaceId } = c.get('session');
      const rows = await listMembers({ db: deps.db, workspaceId });
      const answer: MembersAnswer = { ...serverTime(deps), ...teamView(rows, operatorId) };
      return c.json(answer);
    })
    .patch(
      '/:operatorId',
      validate('param', memberParams),
      validate('json', roleBody),
      requireFreshLaunch(deps),
      async (c) => {
        const wish = { ...c.req.valid('param'), ...c.req.valid('json') };
        await changeRole(commandContext(deps, c.get('session')), wish);
        return c.body(null, 204);
      },
    )
    .delete('/:operatorId', validate('param', memberParams), requireFreshLaunch(deps), async (c) => {
      await removeMember(commandContext(deps, c.get('session')), c.req.valid('param'));
      return c.body(null, 204);
    });
