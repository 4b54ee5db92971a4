import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { Refused } from '#core/refusals.ts';
import type { Problem } from '#miniapp/contract/problem.ts';
import type { ProblemCode } from '#miniapp/contract/problem-codes.ts';
import type { ServerDeps } from '../deps.ts';
import type { ServerEnv } from './env.ts';

/** A problem of the server itself; `headers` go out with the answer. */
export class ServerProblem extends Error {
  readonly code: ProblemCode;
  readonly fields: string[] | undefined;
  readonly headers: Record<string, string>;

  constructor(code: ProblemCode, more: { fields?: string[]; headers?: Record<string, string> } = {}) {
    super(code);
    this.name = 'ServerProblem';
    this.code = code;
    this.fields = more.fields;
    this.headers = more.headers ?? {};
  }
}

/** Answers any thrown error. What nobody foresaw is logged under the request id and never described to the caller. */
export const answerProblem = (
  deps: Pick<ServerDeps, 'log'>,
  error: unknown,
  c: Context<ServerEnv>,
): Response => {
  if (error instanceof Refused) return problem(c, error.code, { facts: error.facts });
  if (error instanceof ServerProblem) {
    return problem(c, error.code, error.fields ? { fields: error.fields } : {}, error.headers);
  }
  if (error instanceof HTTPException && error.status === 400) return problem(c, 'invalid_input', {});
  deps.log.error({ err: error, requestId: c.get('requestId'), path: c.req.path }, 'request failed');
  return problem(c, 'internal', {});
};

/** The answer to a path nobody serves, or not by this method. */
export const answerUnknownPath = (c: Context<ServerEnv>, methods: readonly string[]): Response =>
  methods.length === 0 || methods.includes(c.req.method)
    ? problem(c, 'not_found', {})
    : problem(c, 'method_not_allowed', {}, { allow: methods.join(', ') });

const problem = (
  c: Context<ServerEnv>,
  code: ProblemCode,
  more: Pick<Problem, 'facts' | 'fields'>,
  headers: Record<string, string> = {},
): Response => {
  const status = statusOf[code];
  const body: Problem = {
    type: 'about:blank',
    title: titles[status] ?? 'Error',
    status,
    code,
    ...more,
    requestId: c.get('requestId'),
  };
  return c.body(JSON.stringify(body), status, {
    'content-type': 'application/problem+json',
    'cache-control': 'no-store',
    ...headers,
  });
};

const titles: Partial<Record<ContentfulStatusCode, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  409: 'Conflict',
  410: 'Gone',
  413: 'Content Too Large',
  422: 'Unprocessable Content',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  503: 'Service Unavailable',
};

/** The one map from codes to statuses: 409 is a state that may change, 422 a wish that can never be met as it is. */
const statusOf: Record<ProblemCode, ContentfulStatusCode> = {
  conflict: 409,
  not_found: 404,
  forbidden: 403,
  invalid_input: 400,
  'community.reference_malformed': 422,
  'community.reference_unknown': 422,
  'community.private': 422,
  'community.unchecked': 409,
  'community.members_hidden': 422,
  'community.no_comments': 422,
  'community.not_parsable': 422,
  'community.no_account_sees_it': 409,
  'community.already_known': 409,
  'community.blocked': 409,
  'community_search.words_short': 422,
  'community_search.nothing_like_it': 422,
  'community_search.no_account': 409,
  'parse_task.already_running': 409,
  'parse_task.not_startable': 409,
  'parse_task.not_pausable': 409,
  'parse_task.not_resumable': 409,
  'parse_task.not_cancellable': 409,
  'parse_task.not_restartable': 409,
  'parse_task.not_removable': 409,
  'parse_task.in_use': 409,
  'parse_task.no_members': 422,
  'parse_task.no_messages': 422,
  'parse_task.no_reactions': 422,
  'parse_task.no_match': 422,
  'parse_task.no_person_wrote': 422,
  'parse_task.nobody_often': 422,
  'audience.empty': 422,
  'audience.not_ready': 409,
  'audience.not_acknowledged': 409,
  'file.empty': 422,
  'file.too_large': 413,
  'file.too_many_rows': 422,
  'file.unreadable': 422,
  'file.swells': 422,
  'file.no_identifier_column': 422,
  'file.bad_rows': 422,
  'file.not_ready': 409,
  'file.not_cancellable': 409,
  'retention.out_of_range': 422,
  'person.not_confirmed': 422,
  'export.too_large': 422,
  'export.not_ready': 409,
  'target.no_identifier': 422,
  'target.identifier_malformed': 422,
  'target.phone_malformed': 422,
  'campaign.name_taken': 409,
  'campaign.already_running': 409,
  'campaign.not_startable': 409,
  'campaign.not_pausable': 409,
  'campaign.not_resumable': 409,
  'campaign.not_cancellable': 409,
  'campaign.channel_full': 422,
  'campaign.no_accounts': 422,
  'campaign.no_inviting_account': 409,
  'campaign.no_targets': 422,
  'campaign.breaker_open': 409,
  'account.already_connected': 409,
  'account.code_wrong': 422,
  'account.code_expired': 422,
  'account.password_wrong': 422,
  'account.number_banned': 422,
  'account.number_unregistered': 422,
  'account.number_invalid': 422,
  'account.flood': 429,
  'account.app_refused': 409,
  'account.sign_in_failed': 409,
  'account.not_waiting': 409,
  'account.still_blocked': 409,
  'account.reason_missing': 422,
  'connect.link_used': 410,
  'connect.link_expired': 410,
  'connect.page_ended': 401,
  'account.already_disabled': 409,
  'account.not_disabled': 409,
  'account.not_at_work': 409,
  'account.not_signed_in': 409,
  'account.busy': 409,
  'account.authorization_unknown': 404,
  'account.authorization_own': 422,
  'session_keys.sealed': 503,
  'session_keys.unreachable': 503,
  'session_keys.denied': 503,
  'session_keys.no_key': 503,
  'policy.above_ceiling': 422,
  'policy.below_floor': 422,
  'policy.unknown_field': 422,
  'policy.not_a_number': 422,
  'policy.pauses_crossed': 422,
  'policy.malformed': 422,
  'policy.nothing_changed': 422,
  'policy.reason_missing': 422,
  'policy.being_published': 409,
  'policy.outdated': 409,
  'team.own_role': 403,
  'team.last_owner': 409,
  'team.role_unchanged': 409,
  'team.already_member': 409,
  'team.invitation_unknown': 422,
  'team.invitation_used': 409,
  'team.invitation_expired': 409,
  'team.invitation_withdrawn': 409,
  'claim.code_wrong': 422,
  'claim.already_owned': 409,
  'launch.malformed': 400,
  'launch.unsigned': 401,
  'launch.stale': 401,
  'launch.future': 401,
  'launch.replayed': 401,
  'launch.stranger': 403,
  'launch.not_fresh': 403,
  'session.missing': 401,
  'session.ended': 401,
  'call.key_reused': 422,
  'call.answer_gone': 409,
  method_not_allowed: 405,
  'token.ended': 401,
  'token.not_allowed': 403,
  'webhook.address_malformed': 422,
  'webhook.address_unknown': 422,
  'webhook.address_private': 422,
  rate_limited: 429,
  body_too_large: 413,
  'bot.unreachable': 503,
  internal: 500,
};
