import { Hono } from 'hono';
import { DAY_MS, later } from '#core/duration.ts';
import { invitationLink } from '#core/team/deep-links.ts';
import { createInvitation } from '#db/commands/create-invitation.ts';
import { withdrawInvitation } from '#db/commands/withdraw-invitation.ts';
import { listInvitations } from '#db/queries/list-invitations.ts';
import { pageQuery } from '#miniapp/contract/page.ts';
import {
  type CreatedInvitation,
  createdInvitationSchema,
  type InvitationPage,
  invitationBody,
  invitationPageSchema,
  invitationParams,
} from '#miniapp/contract/team.ts';
import { commandContext } from '../command-context.ts';
import type { ServerDeps } from '../deps.ts';
import { door } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';
import { pageView, pageWish } from '../http/pages.ts';
import { validate } from '../http/validate.ts';
import { serverTime } from '../views.ts';

/** Ways into the workspace: a link for one person, with a role and an end. */
export const invitationRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>()
    .get(
      '/',
      door(deps, {
        summary: 'Invitations that still hold, the next to expire first',
        role: 'admin',
        answers: invitationPageSchema,
      }),
      validate('query', pageQuery),
      async (c) => {
        const { workspaceId } = c.get('caller');
        const ctx = { db: deps.db, workspaceId, now: deps.clock.now() };
        const page = await listInvitations(ctx, pageWish(c.req.valid('query')));
        const answer: InvitationPage = {
          ...serverTime(deps),
          ...pageView(page, ({ expiresAt, ...row }) => ({ ...row, expiresAt: expiresAt.toISOString() })),
        };
        return c.json(answer);
      },
    )
    .post(
      '/',
      door(deps, {
        summary: 'Make a link that brings one person in',
        role: 'admin',
        isFresh: true,
        isRegistration: true,
        isCreating: true,
        answers: createdInvitationSchema,
        status: 201,
      }),
      validate('json', invitationBody),
      async (c) => {
        const { role, days } = c.req.valid('json');
        // First, because a link that cannot be told would be an invitation nobody can use.
        const bot = await deps.botUsername();
        const ctx = commandContext(deps, c.get('caller'), c.get('once'));
        const wish = { role, expiresAt: later(ctx.now, days * DAY_MS) };
        const { invitationId, token, expiresAt } = await createInvitation(ctx, wish);
        const answer: CreatedInvitation = {
          invitationId,
          link: invitationLink(bot, token),
          expiresAt: expiresAt.toISOString(),
        };
        return c.json(answer, 201);
      },
    )
    .delete(
      '/:invitationId',
      door(deps, { summary: 'Make an unused invitation worthless', role: 'admin' }),
      validate('param', invitationParams),
      async (c) => {
        await withdrawInvitation(commandContext(deps, c.get('caller')), c.req.valid('param'));
        return c.body(null, 204);
      },
    );
