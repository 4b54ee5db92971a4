import { randomUUID } from 'node:crypto';
import type { Role } from '#core/roles.ts';

/** Ids of what there is in the workspace that is asked for. */
export type World = Record<
  | 'campaignId'
  | 'communityId'
  | 'accountId'
  | 'audienceId'
  | 'taskId'
  | 'searchId'
  | 'invitationId'
  | 'operatorId'
  | 'sessionId'
  | 'tokenId'
  | 'webhookId'
  | 'exportId'
  | 'fileId'
  | 'hash',
  string
>;

export type Row = {
  /** The role its door asks for; undefined when it needs no sign-in. */
  door: Role | undefined;
  /** The role from which on the deed itself succeeds, where the rules ask for more than the door. */
  deed?: Role;
  /** Refused to API tokens. */
  isForPeople?: true;
  /** About the caller alone: another workspace's id is never asked for. */
  isOwn?: true;
  body?: (world: World) => object;
  /** What a reading cannot do without. */
  query?: (world: World) => Record<string, string>;
};

const named = () => `n${randomUUID().slice(0, 8)}`;

/** Every route, with who may come in. A route without a row fails the matrix. */
export const ROUTE_ROWS: Record<string, Row> = {
  'GET /health/live': { door: undefined },
  'GET /health/ready': { door: undefined },
  'GET /api/v1/openapi.json': { door: undefined },
  'POST /api/v1/sign-in': { door: undefined, body: () => ({}) },
  'POST /api/v1/sign-out': { door: 'viewer', isForPeople: true, isOwn: true },
  'POST /api/v1/switch': {
    door: 'viewer',
    isForPeople: true,
    isOwn: true,
    body: () => ({ workspaceId: 'x' }),
  },
  'GET /api/v1/me': { door: 'viewer' },
  'PATCH /api/v1/me': { door: 'viewer', isForPeople: true, isOwn: true, body: () => ({ language: 'ru' }) },
  'GET /api/v1/events': { door: 'viewer', isForPeople: true },
  'GET /api/v1/sessions': { door: 'viewer', isForPeople: true },
  'DELETE /api/v1/sessions/:sessionId': { door: 'viewer', isForPeople: true, isOwn: true },
  'GET /api/v1/campaigns': { door: 'viewer' },
  'POST /api/v1/campaigns': {
    door: 'operator',
    body: ({ communityId, audienceId, accountId }) => ({
      name: named(),
      communityId,
      audienceId,
      accountIds: [accountId],
    }),
  },
  'GET /api/v1/campaigns/:campaignId': { door: 'viewer' },
  'GET /api/v1/campaigns/:campaignId/forecast': { door: 'viewer' },
  'GET /api/v1/campaigns/:campaignId/targets': { door: 'viewer' },
  'GET /api/v1/campaigns/:campaignId/report': { door: 'viewer' },
  'POST /api/v1/campaigns/:campaignId/pause': { door: 'operator' },
  'POST /api/v1/campaigns/:campaignId/cancel': { door: 'operator' },
  'POST /api/v1/campaigns/:campaignId/resume': { door: 'operator', body: () => ({ reason: 'seen' }) },
  'POST /api/v1/campaigns/:campaignId/start': { door: 'operator', body: () => ({}) },
  'GET /api/v1/accounts': { door: 'viewer' },
  'GET /api/v1/accounts/:accountId': { door: 'viewer' },
  'POST /api/v1/accounts/:accountId/resume': { door: 'admin', body: () => ({ reason: 'rested' }) },
  'GET /api/v1/accounts/:accountId/history': { door: 'admin' },
  'GET /api/v1/accounts/:accountId/log': { door: 'admin' },
  'GET /api/v1/accounts/:accountId/sessions': { door: 'viewer' },
  'POST /api/v1/accounts/:accountId/refresh': { door: 'operator' },
  'POST /api/v1/accounts/:accountId/rights': {
    door: 'operator',
    body: () => ({ reference: `@${named()}` }),
  },
  'POST /api/v1/accounts/:accountId/disable': { door: 'admin' },
  'POST /api/v1/accounts/:accountId/enable': { door: 'admin' },
  'POST /api/v1/accounts/:accountId/log-out': { door: 'admin', isForPeople: true },
  'DELETE /api/v1/accounts/:accountId/sessions/:hash': { door: 'admin', isForPeople: true },
  'DELETE /api/v1/accounts/:accountId': { door: 'admin', isForPeople: true },
  'POST /api/v1/connect-links': { door: 'admin', isForPeople: true },
  'GET /api/v1/communities': { door: 'viewer' },
  'POST /api/v1/communities': { door: 'operator', body: () => ({ reference: `@${named()}` }) },
  'GET /api/v1/communities/:communityId': { door: 'viewer' },
  'PATCH /api/v1/communities/:communityId': { door: 'operator', body: () => ({ mark: 'blocked' }) },
  'GET /api/v1/community-searches': { door: 'viewer' },
  'POST /api/v1/community-searches': {
    door: 'operator',
    body: ({ accountId }) => ({ kind: 'dialogs', accountId }),
  },
  'GET /api/v1/community-searches/:searchId': { door: 'viewer' },
  'GET /api/v1/community-searches/:searchId/communities': { door: 'viewer' },
  'GET /api/v1/parse-tasks': { door: 'viewer' },
  'POST /api/v1/parse-tasks': {
    door: 'operator',
    body: ({ communityId, accountId }) => ({ communityId, accountId, source: 'members' }),
  },
  'GET /api/v1/parse-tasks/estimate': {
    door: 'viewer',
    query: ({ communityId }) => ({ communityId, source: 'members' }),
  },
  'GET /api/v1/parse-tasks/:taskId': { door: 'viewer' },
  'POST /api/v1/parse-tasks/:taskId/pause': { door: 'operator' },
  'POST /api/v1/parse-tasks/:taskId/resume': { door: 'operator' },
  'POST /api/v1/parse-tasks/:taskId/cancel': { door: 'operator' },
  'POST /api/v1/parse-tasks/:taskId/restart': { door: 'operator' },
  'DELETE /api/v1/parse-tasks/:taskId': { door: 'operator' },
  'GET /api/v1/audiences': { door: 'viewer' },
  'POST /api/v1/audiences': {
    door: 'operator',
    body: ({ taskId }) => ({ name: named(), taskIds: [taskId] }),
  },
  'GET /api/v1/audiences/:audienceId': { door: 'viewer' },
  'GET /api/v1/audiences/:audienceId/export': { door: 'operator', query: () => ({ format: 'csv' }) },
  'GET /api/v1/audience-files': { door: 'viewer' },
  'POST /api/v1/audience-files': {
    door: 'operator',
    query: () => ({ name: 'people.csv' }),
    body: () => ({ id: 1 }),
  },
  'GET /api/v1/audience-files/:fileId': { door: 'viewer' },
  'PUT /api/v1/audience-files/:fileId/reading': {
    door: 'operator',
    body: () => ({ kind: 'csv', hasHeader: true, mapping: { telegramId: 0 } }),
  },
  'POST /api/v1/audience-files/:fileId/import': {
    door: 'operator',
    body: () => ({ into: 'audience', name: named(), basis: 'collected' }),
  },
  'POST /api/v1/audience-files/:fileId/cancel': { door: 'operator' },
  'GET /api/v1/audience-files/:fileId/errors': { door: 'viewer' },
  'GET /api/v1/people': { door: 'viewer' },
  'GET /api/v1/people/statistics': { door: 'viewer' },
  'GET /api/v1/people/export': { door: 'operator', query: () => ({ format: 'json' }) },
  'POST /api/v1/people/personal-data': {
    door: 'owner',
    isForPeople: true,
    isOwn: true,
    body: () => ({ person: `@${named()}` }),
  },
  'POST /api/v1/people/erasure': {
    door: 'owner',
    isForPeople: true,
    isOwn: true,
    body: () => ({ person: '@gone_one', confirmation: '@gone_one' }),
  },
  'GET /api/v1/retention': { door: 'viewer' },
  'PUT /api/v1/retention': { door: 'admin', body: () => ({ keptDays: 10 }) },
  'POST /api/v1/exports': { door: 'operator', body: () => ({ format: 'csv' }) },
  'GET /api/v1/exports/:exportId': { door: 'operator' },
  'GET /api/v1/exports/:exportId/file': { door: 'operator' },
  'GET /api/v1/suppressions': { door: 'viewer' },
  'POST /api/v1/suppressions': {
    door: 'operator',
    body: ({ communityId }) => ({ username: named(), scope: 'community', communityId, reason: 'asked' }),
  },
  'GET /api/v1/suppressions/export': { door: 'admin' },
  'POST /api/v1/suppressions/lift': {
    door: 'admin',
    isOwn: true,
    body: () => ({ person: `@${named()}`, reason: 'asked' }),
  },
  'GET /api/v1/limit-policies': { door: 'viewer' },
  'GET /api/v1/limit-policies/in-force': { door: 'viewer' },
  'GET /api/v1/limit-policies/diff': { door: 'viewer', query: () => ({ from: '0', to: '0' }) },
  'GET /api/v1/nodes': { door: 'admin' },
  'POST /api/v1/acknowledgement': { door: 'owner', isForPeople: true, body: () => ({ text: 'I do' }) },
  'GET /api/v1/members': { door: 'viewer' },
  'PATCH /api/v1/members/:operatorId': {
    door: 'viewer',
    deed: 'admin',
    isForPeople: true,
    body: () => ({ role: 'operator' }),
  },
  'DELETE /api/v1/members/:operatorId': { door: 'viewer', deed: 'admin', isForPeople: true },
  'GET /api/v1/invitations': { door: 'admin' },
  'POST /api/v1/invitations': { door: 'admin', isForPeople: true, body: () => ({ role: 'viewer', days: 1 }) },
  'DELETE /api/v1/invitations/:invitationId': { door: 'admin' },
  'GET /api/v1/tokens': { door: 'admin' },
  'POST /api/v1/tokens': { door: 'admin', isForPeople: true, body: () => ({ name: named(), days: 1 }) },
  'DELETE /api/v1/tokens/:tokenId': { door: 'admin' },
  'GET /api/v1/webhooks': { door: 'admin' },
  'POST /api/v1/webhooks': {
    door: 'admin',
    isForPeople: true,
    body: () => ({ url: 'https://hooks.example.org' }),
  },
  'GET /api/v1/webhooks/:webhookId/deliveries': { door: 'admin' },
  'POST /api/v1/webhooks/:webhookId/enable': { door: 'admin' },
  'DELETE /api/v1/webhooks/:webhookId': { door: 'admin' },
  'GET /api/v1/audit': { door: 'owner' },
};
