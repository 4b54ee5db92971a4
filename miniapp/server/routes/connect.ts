import { type Context, Hono } from 'hono';
import { streamSSE } from 'hono/streaming';
import { Refused } from '#core/refusals.ts';
import { Secret } from '#core/secret.ts';
import { answerSignIn } from '#db/commands/answer-sign-in.ts';
import { cancelSignIn } from '#db/commands/cancel-sign-in.ts';
import { openConnectLink } from '#db/commands/open-connect-link.ts';
import { startSignIn } from '#db/commands/start-sign-in.ts';
import type { CommandContext } from '#db/context.ts';
import { answerBody, cancelSignInBody, openLinkBody, startSignInBody } from '#miniapp/contract/connect.ts';
import { PAGE_ENDED } from '#miniapp/contract/stream.ts';
import { readState } from '../connect/state.ts';
import { readTicket, requirePage, writeTicket } from '../connect/ticket.ts';
import type { ServerDeps } from '../deps.ts';
import { addressOf } from '../http/address.ts';
import type { ServerEnv } from '../http/env.ts';
import { limitRate } from '../http/limit-rate.ts';
import { validate } from '../http/validate.ts';

/** What the page that connects accounts speaks. A link is exchanged once for its ticket, a cookie; the rest stands behind it. */
export const connectRoutes = (deps: ServerDeps) =>
  new Hono<ServerEnv>()
    .use(async (c, next) => {
      await next();
      c.header('cache-control', 'no-store');
    })
    .post('/open', validate('json', openLinkBody), async (c) => {
      limitRate(deps.connectLimits.open, addressOf(c), deps.realNow());
      const token = new Secret(c.req.valid('json').token);
      const opener = { db: deps.db, now: deps.clock.now() };
      const { ticket } = await openConnectLink(opener, { token, ticket: readTicket(c) });
      writeTicket(c, ticket);
      return c.body(null, 204);
    })
    .use(requirePage(deps))
    .get('/live', (c) => {
      const { linkId, ticket } = c.get('page');
      limitRate(deps.connectLimits.live, linkId, deps.realNow());
      c.header('x-accel-buffering', 'no');
      return streamSSE(c, async (stream) => {
        const gone = new AbortController();
        stream.onAbort(() => gone.abort());
        let told = '';
        while (!gone.signal.aborted && !deps.pageHub.isOver) {
          const news = deps.pageHub.next(linkId, deps.heartbeatMs, gone.signal);
          const state = await readState(deps, { ticket }).catch(endOf(deps));
          // The page comes back by itself when the database does.
          if (!state) return;
          if (state === PAGE_ENDED) return void (await stream.write(`event: ${PAGE_ENDED}\ndata: {}\n\n`));
          const { signIn } = state;
          const standing = signIn ? `${signIn.signInId} ${signIn.sequence}` : 'none';
          // An unchanged page only hears that the line is alive.
          await stream.write(standing === told ? ': \n\n' : `data: ${JSON.stringify(state)}\n\n`);
          told = standing;
          await news;
        }
      });
    })
    .post('/sign-ins', validate('json', startSignInBody), async (c) => {
      const { linkId } = c.get('page');
      limitRate(deps.connectLimits.start, linkId, deps.realNow());
      return c.json(await startSignIn(contextOf(deps, c), { linkId, ...c.req.valid('json') }), 202);
    })
    .post('/answer', validate('json', answerBody), async (c) => {
      const { linkId } = c.get('page');
      limitRate(deps.connectLimits.answer, linkId, deps.realNow());
      const { answer, ...asked } = c.req.valid('json');
      await answerSignIn(contextOf(deps, c), { linkId, ...asked, answer: new Secret(answer) });
      return c.body(null, 204);
    })
    .post('/cancel', validate('json', cancelSignInBody), async (c) => {
      const { linkId } = c.get('page');
      limitRate(deps.connectLimits.answer, linkId, deps.realNow());
      await cancelSignIn(contextOf(deps, c), { linkId, ...c.req.valid('json') });
      return c.body(null, 204);
    });

const contextOf = ({ db, clock }: ServerDeps, c: Context<ServerEnv>): CommandContext => {
  const { operatorId, role, workspaceId } = c.get('page');
  return { db, actor: { kind: 'operator', operatorId, role }, workspaceId, now: clock.now() };
};

const endOf =
  ({ log }: Pick<ServerDeps, 'log'>) =>
  (err: unknown): typeof PAGE_ENDED | undefined => {
    if (err instanceof Refused) return PAGE_ENDED;
    log.warn({ err }, 'a page could not be read');
    return undefined;
  };
