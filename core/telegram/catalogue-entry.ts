import type { RefusalCode } from '../refusals.ts';
import type { SuppressionScope } from '../statuses.ts';

/** Whom a failure concerns. */
export type Concern =
  | 'target'
  | 'target_in_community'
  | 'account'
  | 'account_in_community'
  | 'community'
  | 'session'
  | 'network';

/** What becomes of it. The rule that turns it into states is `core/account/reaction.ts`. */
export type Reaction =
  /** The person is in the community already. */
  | { kind: 'already_member' }
  /** Final for the person in this campaign; `learn` is true of them everywhere, `suppress` means never again. */
  | { kind: 'refuse'; learn?: PersonLesson; suppress?: SuppressionScope }
  /** Final for the person in this campaign: nobody can address them. */
  | { kind: 'unreachable'; learn?: PersonLesson }
  /** The same person again, not before `afterSeconds`, at most `times` times; without it as often as needed. */
  | { kind: 'retry_later'; afterSeconds: number; times?: number }
  /** This account's reference to the person is no good: it is dropped and made anew, at most `times` times. */
  | { kind: 'drop_reference'; times: number }
  /** The wait Telegram asked for. */
  | { kind: 'cool_down' }
  | { kind: 'block' }
  | { kind: 'freeze' }
  | { kind: 'sign_out' }
  | { kind: 'ban' }
  /** The account may not act in this community. */
  | { kind: 'detach' }
  | { kind: 'pause_campaign' }
  /** The call may have had its effect: it is looked at, never sent again blindly. */
  | { kind: 'unknown' }
  /** A sign-in goes no further; the refusal tells the person. */
  | { kind: 'refuse_sign_in' };

/** What a failure teaches about a person, whoever invites them. */
export type PersonLesson = 'refuses_direct_add' | 'is_deleted' | 'is_bot';

export type CatalogueEntry = {
  concerns: Concern;
  reaction: Reaction;
  /** What a person is told whose request met it: a sign-in, a reference, a parse task. */
  refusal?: RefusalCode;
  /** Where the meaning stands. */
  source: string;
};
