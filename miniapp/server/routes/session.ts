import { Hono } from 'hono';
import { Refused } from '#core/refusals.ts';
import { findOperatorByTelegramId } from '#db/queries/find-operator.ts';
import { type SignedIn, signInBody } from '#miniapp/contract/session.ts';
import { judgeLaunch } from '../auth/launch.ts';
import { requireSession } from '../auth/require-session.ts';
import type { ServerDeps } from '../deps.ts';
import { addressOf } from '../http/address.ts';
import type { ServerEnv } from '../http/env.ts';
import { limitRate } from '../http/limit-rate.ts';
import { ServerProblem } from '../http/problems.ts';
import { validate } from '../http/validate.ts';
import { meView, serverTime } from '../views.ts';

/** In and out: a launch is exchanged once for a token. */
export const sessionRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>()
    .post(
      '/sign-in',
      async (c, next) => {
        limitRate(deps.signInLimit, addressOf(c), deps.realNow());
        await next();
      },
      validate('json', signInBody),
      async (c) => {
        const [, raw] = /^tma (\S+)$/.exec(c.req.header('authorization') ?? '') ?? [];
        if (!raw) throw new ServerProblem('launch.malformed');
        const verdict = judgeLaunch(raw, deps.botToken, deps.realNow());
        if (!verdict.ok) throw new ServerProblem(verdict.code);

        const operator = await findOperatorByTelegramId(deps.db, verdict.launch.telegramId);
        const [eldest] = operator?.memberships ?? [];
        if (!operator || !eldest) throw new ServerProblem('launch.stranger');
        const { workspaceId = eldest.workspaceId } = c.req.valid('json');
        if (!operator.memberships.some((membership) => membership.workspaceId === workspaceId)) {
          throw new Refused('not_found');
        }
        const token = await deps.sessions.open({
          operatorId: operator.operatorId,
          workspaceId,
          launchFingerprint: verdict.launch.fingerprint,
        });
        const session = token && (await deps.sessions.use(token));
        if (!session) throw new ServerProblem('launch.replayed');
        const answer: SignedIn = { token, me: meView(session, serverTime(deps)) };
        return c.json(answer, 200, { 'cache-control': 'no-store' });
      },
    )
    .post('/sign-out', requireSession(deps), async (c) => {
      await deps.sessions.end(c.get('session').sessionId);
      return c.body(null, 204);
    })
    .get('/me', requireSession(deps), (c) => c.json(meView(c.get('session'), serverTime(deps))));
