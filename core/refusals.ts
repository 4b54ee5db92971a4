/** Every reason for which Usher says no to a person. The code is the key of its sentence in the catalogue of `locales`. */
export const REFUSAL_CODES = [
  'conflict',
  'not_found',
  'forbidden',
  'invalid_input',
  'community.reference_malformed',
  'community.reference_unknown',
  'community.private',
  'community.unchecked',
  'community.members_hidden',
  'community.no_comments',
  'community.not_parsable',
  'community.no_account_sees_it',
  'community.already_known',
  'community.blocked',
  'community_search.words_short',
  'community_search.nothing_like_it',
  'parse_task.already_running',
  'parse_task.not_startable',
  'audience.empty',
  'audience.not_ready',
  'audience.not_acknowledged',
  'target.no_identifier',
  'target.identifier_malformed',
  'target.phone_not_supported',
  'campaign.name_taken',
  'campaign.already_running',
  'campaign.not_startable',
  'campaign.not_pausable',
  'campaign.not_resumable',
  'campaign.not_cancellable',
  'campaign.channel_full',
  'campaign.no_accounts',
  'campaign.no_inviting_account',
  'campaign.no_targets',
  'campaign.breaker_open',
  'account.already_connected',
  'account.code_wrong',
  'account.code_expired',
  'account.password_wrong',
  'account.number_banned',
  'account.number_unregistered',
  'account.number_invalid',
  'account.flood',
  'account.app_refused',
  'account.sign_in_failed',
  'account.not_waiting',
  'account.still_blocked',
  'account.reason_missing',
  'connect.link_used',
  'connect.link_expired',
  'connect.page_ended',
  'account.already_disabled',
  'account.not_disabled',
  'account.not_at_work',
  'account.not_signed_in',
  'account.busy',
  'account.authorization_unknown',
  'account.authorization_own',
  'session_keys.sealed',
  'session_keys.unreachable',
  'session_keys.denied',
  'session_keys.no_key',
  'policy.above_ceiling',
  'policy.below_floor',
  'policy.unknown_field',
  'policy.not_a_number',
  'policy.pauses_crossed',
  'policy.malformed',
  'policy.nothing_changed',
  'policy.reason_missing',
  'policy.being_published',
  'policy.outdated',
  'team.own_role',
  'team.last_owner',
  'team.role_unchanged',
  'team.already_member',
  'team.invitation_unknown',
  'team.invitation_used',
  'team.invitation_expired',
  'team.invitation_withdrawn',
  'claim.code_wrong',
  'claim.already_owned',
  'call.key_reused',
  'call.answer_gone',
] as const;

export type RefusalCode = (typeof REFUSAL_CODES)[number];

/** The catalogue key of a refusal's sentence: `campaign.name_taken` is `refusal-campaign-name-taken`. */
export const refusalKey = (code: RefusalCode): string => `refusal-${code.replaceAll(/[._]/g, '-')}`;

/** Thrown by commands and queries at the edge of a door; carries only what a person may read. */
export class Refused extends Error {
  readonly code: RefusalCode;
  readonly facts: Record<string, string | number>;

  constructor(code: RefusalCode, facts: Record<string, string | number> = {}) {
    super(code);
    this.name = 'Refused';
    this.code = code;
    this.facts = facts;
  }
}
