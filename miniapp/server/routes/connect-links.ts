import { Hono } from 'hono';
import { CONNECT_LINK_MS } from '#core/account/sign-in.ts';
import { createConnectLink } from '#db/commands/create-connect-link.ts';
import { type ConnectLink, connectLinkSchema } from '#miniapp/contract/connect.ts';
import { commandContext } from '../command-context.ts';
import type { ServerDeps } from '../deps.ts';
import { door } from '../http/door.ts';
import type { ServerEnv } from '../http/env.ts';
import { limitRate } from '../http/limit-rate.ts';

/** Links to the page that connects accounts, each good once. */
export const connectLinkRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>().post(
    '/',
    door(deps, {
      summary: 'A link to the page that connects an account; it opens once',
      role: 'admin',
      isForPeople: true,
      answers: connectLinkSchema,
      status: 201,
    }),
    async (c) => {
      const caller = c.get('caller');
      limitRate(deps.connectLimits.link, caller.operatorId, deps.realNow());
      const { token } = await createConnectLink(commandContext(deps, caller));
      const answer: ConnectLink = { path: `/connect#${token.reveal()}`, goodForMs: CONNECT_LINK_MS };
      return c.json(answer, 201);
    },
  );
