import { type Context, Hono } from 'hono';
import { Refused } from '#core/refusals.ts';
import { setLanguage } from '#db/commands/set-language.ts';
import { switchSession } from '#db/commands/switch-session.ts';
import { findOperatorByTelegramId, listMemberships } from '#db/queries/find-operator.ts';
import {
  languageBody,
  meSchema,
  type SignedIn,
  signedInSchema,
  signInBody,
  switchBody,
} from '#miniapp/contract/session.ts';
import type { Caller } from '../auth/callers.ts';
import { deviceOf } from '../auth/device.ts';
import { judgeLaunch } from '../auth/launch.ts';
import { commandContext } from '../command-context.ts';
import type { ServerDeps } from '../deps.ts';
import { door, openDoor } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';
import { limitAddress } from '../http/limit-calls.ts';
import { ServerProblem } from '../http/problems.ts';
import { validate } from '../http/validate.ts';
import { meView, serverTime } from '../views.ts';

/** In and out, and over into another workspace: a launch is exchanged once for a token. */
export const sessionRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>()
    .post(
      '/sign-in',
      openDoor(
        { summary: 'Exchange a launch for a token', answers: signedInSchema, security: [{ launch: [] }] },
        limitAddress(deps, 'signIn'),
      ),
      validate('json', signInBody),
      async (c) => {
        const launch = readLaunch(deps, c);
        const operator = await findOperatorByTelegramId(deps.db, launch.telegramId);
        const [first] = operator?.memberships ?? [];
        if (!operator || !first) throw new ServerProblem('launch.stranger');
        const { workspaceId = first.workspaceId } = c.req.valid('json');
        const membership = operator.memberships.find((found) => found.workspaceId === workspaceId);
        if (!membership) throw new Refused('not_found');
        const token = await deps.sessions.open(
          commandContext(deps, { ...membership, operatorId: operator.operatorId }),
          launch,
          deviceOf(c.req.header('user-agent')),
        );
        const session = token && (await deps.sessions.use(token));
        if (!session) throw new ServerProblem('launch.replayed');
        const answer: SignedIn = { token, me: await describeMe(deps, session) };
        return c.json(answer, 200, { 'cache-control': 'no-store' });
      },
    )
    .post(
      '/sign-out',
      door(deps, { summary: 'End this session', role: 'viewer', isForPeople: true }),
      async (c) => {
        const session = c.get('session');
        await deps.sessions.end(commandContext(deps, session), session.sessionId);
        return c.body(null, 204);
      },
    )
    .post(
      '/switch',
      door(deps, { summary: 'Go on in another workspace', role: 'viewer', isForPeople: true }),
      validate('json', switchBody),
      async (c) => {
        const { operatorId, sessionId } = c.get('session');
        const { workspaceId } = c.req.valid('json');
        const memberships = await listMemberships(deps.db, operatorId);
        const place = memberships.find((found) => found.workspaceId === workspaceId);
        if (!place) throw new Refused('not_found');
        await switchSession(commandContext(deps, { ...place, operatorId }), { sessionId });
        return c.body(null, 204);
      },
    )
    .patch(
      '/me',
      door(deps, { summary: 'Choose one’s language', role: 'viewer', isForPeople: true }),
      validate('json', languageBody),
      async (c) => {
        const { operatorId } = c.get('caller');
        const { language } = c.req.valid('json');
        await setLanguage(commandContext(deps, c.get('caller')), { operatorId, language });
        return c.body(null, 204);
      },
    )
    .get(
      '/me',
      door(deps, { summary: 'Who asks, and where', role: 'viewer', answers: meSchema }),
      async (c) => c.json(await describeMe(deps, c.get('caller'))),
    );

const readLaunch = ({ botToken, realNow }: ServerDeps, c: Context<ServerEnv>) => {
  const [, raw] = /^tma (\S+)$/.exec(c.req.header('authorization') ?? '') ?? [];
  if (!raw) throw new ServerProblem('launch.malformed');
  const verdict = judgeLaunch(raw, botToken, realNow());
  if (!verdict.ok) throw new ServerProblem(verdict.code);
  return verdict.launch;
};

/** An API token knows of its own workspace alone. */
const describeMe = async (deps: ServerDeps, caller: Caller) => {
  const places = await listMemberships(deps.db, caller.operatorId);
  const seen = places.filter(({ workspaceId }) => !caller.tokenId || workspaceId === caller.workspaceId);
  return meView(caller, seen, serverTime(deps));
};
