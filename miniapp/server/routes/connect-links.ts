import { Hono } from 'hono';
import { CONNECT_LINK_MS } from '#core/account/sign-in.ts';
import { createConnectLink } from '#db/commands/create-connect-link.ts';
import type { ConnectLink } from '#miniapp/contract/connect.ts';
import { requireRole, requireSession } from '../auth/require-session.ts';
import type { ServerDeps } from '../deps.ts';
import type { ServerEnv } from '../http/env.ts';
import { limitRate } from '../http/limit-rate.ts';

/** Links to the page that connects accounts, each good once. */
export const connectLinkRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>().use(requireSession(deps)).post('/', requireRole('admin'), async (c) => {
    const { operatorId, role, workspaceId } = c.get('session');
    limitRate(deps.connectLimits.link, operatorId, deps.realNow());
    const actor = { kind: 'operator', operatorId, role } as const;
    const { token } = await createConnectLink({ db: deps.db, actor, workspaceId, now: deps.clock.now() });
    const answer: ConnectLink = { path: `/connect#${token.reveal()}`, goodForMs: CONNECT_LINK_MS };
    return c.json(answer, 201);
  });
