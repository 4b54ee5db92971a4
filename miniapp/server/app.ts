import { Hono } from 'hono';
import { bodyLimit } from 'hono/body-limit';
import type { ServerDeps } from './deps.ts';
import type { ServerEnv } from './http/env.ts';
import { limitAddress } from './http/limit-calls.ts';
import { methodsOf } from './http/other-methods.ts';
import { answerProblem, answerUnknownPath, ServerProblem } from './http/problems.ts';
import { requestId } from './http/request-id.ts';
import { securityHeaders } from './http/security-headers.ts';
import { accountRecordRoutes } from './routes/account-records.ts';
import { accountRoutes } from './routes/accounts.ts';
import { audienceFileRoutes } from './routes/audience-files.ts';
import { audienceRoutes } from './routes/audiences.ts';
import { auditRoutes } from './routes/audit.ts';
import { campaignWorkRoutes } from './routes/campaign-work.ts';
import { campaignRoutes } from './routes/campaigns.ts';
import { communityRoutes } from './routes/communities.ts';
import { communitySearchRoutes } from './routes/community-searches.ts';
import { connectRoutes } from './routes/connect.ts';
import { connectLinkRoutes } from './routes/connect-links.ts';
import { documentRoutes } from './routes/document.ts';
import { eventRoutes } from './routes/events.ts';
import { exportRoutes } from './routes/exports.ts';
import { healthRoutes } from './routes/health.ts';
import { installationRoutes } from './routes/installation.ts';
import { invitationRoutes } from './routes/invitations.ts';
import { memberRoutes } from './routes/members.ts';
import { parseTaskRoutes } from './routes/parse-tasks.ts';
import { peopleRoutes } from './routes/people.ts';
import { privacyRoutes } from './routes/privacy.ts';
import { sessionRoutes } from './routes/session.ts';
import { sessionsRoutes } from './routes/sessions.ts';
import { suppressionRoutes } from './routes/suppressions.ts';
import { tokenRoutes } from './routes/tokens.ts';
import { webhookRoutes } from './routes/webhooks.ts';
import { connectPageRoutes, webRoutes } from './web-files.ts';

const LARGEST_BODY_BYTES = 64 * 1024;
/** What is posted here is a file, which is never held whole; its route knows how large it may be. */
const UPLOADS = '/api/v1/audience-files';
const isUpload = ({ method, path }: { method: string; path: string }): boolean =>
  method === 'POST' && path === UPLOADS;

/** The whole HTTP side of Usher. Every failure is a problem document with a stable code and a request id. */
export const createApp = (deps: ServerDeps) => {
  const app = new Hono<ServerEnv>()
    .use(requestId())
    .use(securityHeaders(deps.hostOrigin))
    .use('/api/*', limitAddress(deps, 'address'))
    .use((c, next) => (isUpload(c.req) ? next() : limitBody(c, next)));
  if (deps.web)
    app.route('/', webRoutes(deps.web.panel)).route('/connect', connectPageRoutes(deps.web.connect));
  app.onError((error, c) => answerProblem(deps, error, c));
  app.notFound((c) => answerUnknownPath(c, methodsOf(app, c.req.path)));
  return app
    .route(
      '/api/v1',
      documentRoutes(() => app),
    )
    .route('/health', healthRoutes(deps))
    .route('/api/v1', sessionRoutes(deps))
    .route('/api/v1/accounts', accountRoutes(deps))
    .route('/api/v1/accounts', accountRecordRoutes(deps))
    .route('/api/v1/campaigns', campaignRoutes(deps))
    .route('/api/v1/campaigns', campaignWorkRoutes(deps))
    .route('/api/v1/communities', communityRoutes(deps))
    .route('/api/v1/community-searches', communitySearchRoutes(deps))
    .route('/api/v1/parse-tasks', parseTaskRoutes(deps))
    .route('/api/v1/audiences', audienceRoutes(deps))
    .route(UPLOADS, audienceFileRoutes(deps))
    .route('/api/v1/people', peopleRoutes(deps))
    .route('/api/v1/exports', exportRoutes(deps))
    .route('/api/v1/suppressions', suppressionRoutes(deps))
    .route('/api/v1', installationRoutes(deps))
    .route('/api/v1', privacyRoutes(deps))
    .route('/api/v1/events', eventRoutes(deps))
    .route('/api/v1/sessions', sessionsRoutes(deps))
    .route('/api/v1/members', memberRoutes(deps))
    .route('/api/v1/tokens', tokenRoutes(deps))
    .route('/api/v1/webhooks', webhookRoutes(deps))
    .route('/api/v1/invitations', invitationRoutes(deps))
    .route('/api/v1/audit', auditRoutes(deps))
    .route('/api/v1/connect-links', connectLinkRoutes(deps))
    .route('/connect/api', connectRoutes(deps));
};

/** What the typed client of the web app speaks. */
export type Api = ReturnType<typeof createApp>;

const limitBody = bodyLimit({
  maxSize: LARGEST_BODY_BYTES,
  onError() {
    throw new ServerProblem('body_too_large');
  },
});
