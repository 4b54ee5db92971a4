import {
  type AttemptOutcome,
  alreadyMember,
  refused,
  returned,
  returnedUntil,
  unknownOutcome,
  unreachable,
} from '../campaign/outcome.ts';
import { DAY_MS, later, SECOND_MS } from '../duration.ts';
import { isRepeatedPeerFlood, peerFloodBlockEnd } from '../pacing/peer-flood.ts';
import type { LimitPolicy } from '../pacing/policy.ts';
import { classify, errorNameOf, isUnknownError } from '../telegram/error-catalogue.ts';
import type { MissingReason, RpcFailure } from '../telegram/user-session.ts';
import type { AccountChange } from './standing.ts';

/** Everything one failed call for a target changes, as data. */
export type FailureReaction = AttemptOutcome & {
  account?: AccountChange;
  /** The account may no longer invite into this community. */
  detachesAccount?: true;
  /** The campaign is paused, for this reason. */
  pausesCampaign?: string;
};

/** What is known of earlier failures. */
export type FailureHistory = {
  /** When this account got PEER_FLOOD before, in the last 60 days. */
  peerFloods: readonly Date[];
  /** Earlier attempts on the same target that were returned for the same reason, by any account. */
  sameFailures: number;
};

export const noHistory: FailureHistory = { peerFloods: [], sameFailures: 0 };

/** FLOOD_WAIT without a number is not documented; a day is longer than the waits seen in the field. */
const unnamedWaitSeconds = DAY_MS / SECOND_MS;

/**
 * What a failed invite changes: the catalogue's reaction turned into states. A person's failure never
 * touches the account, an account's failure never costs the person their turn.
 */
export function reactToFailure(
  failure: RpcFailure | MissingReason,
  now: Date,
  policy: LimitPolicy,
  history: FailureHistory,
): FailureReaction {
  const reason = errorNameOf(failure);
  const { reaction } = classify(failure);
  const account = typeof failure === 'string' ? undefined : accountAfter(failure, now, policy, history);
  if (account) return { ...returned(reason), account };
  switch (reaction.kind) {
    case 'already_member':
      return alreadyMember;
    case 'refuse':
      return refused(reason, lessons(reaction));
    case 'unreachable':
      return unreachable(reason, lessons(reaction));
    case 'retry_later':
      return reaction.times !== undefined && history.sameFailures >= reaction.times
        ? refused(reason)
        : returnedUntil(reason, later(now, reaction.afterSeconds * SECOND_MS));
    case 'drop_reference': {
      const isLast = history.sameFailures >= reaction.times;
      return { ...(isLast ? unreachable(reason) : returned(reason)), dropsReference: true };
    }
    case 'detach':
      return { ...returned(reason), detachesAccount: true };
    case 'pause_campaign':
      return { ...returned(reason), pausesCampaign: reason };
    default:
      return { ...unknownOutcome(reason), ...(isUnknownError(failure) && { unknownError: reason }) };
  }
}

/** The same for a username look-up: reading has no effect, so a lost answer is a look-up to be made again. */
export function reactToLookupFailure(
  failure: RpcFailure,
  now: Date,
  policy: LimitPolicy,
  history: FailureHistory,
): FailureReaction {
  const reaction = reactToFailure(failure, now, policy, history);
  return reaction.attempt === 'unknown' ? returned(failure.error) : reaction;
}

/** What a failure of any call does to the account that made it; undefined when it is not about the account. */
export function accountAfter(
  failure: RpcFailure,
  now: Date,
  policy: LimitPolicy,
  history: Pick<FailureHistory, 'peerFloods'>,
): AccountChange | undefined {
  const { error } = failure;
  switch (classify(failure).reaction.kind) {
    case 'cool_down': {
      const waitSeconds = (failure.argument ?? unnamedWaitSeconds) + policy.floodMarginSeconds;
      return { status: 'cooling', recoversAt: later(now, waitSeconds * SECOND_MS), error };
    }
    case 'block': {
      const isRepeated = error === 'PEER_FLOOD' && isRepeatedPeerFlood(policy, history.peerFloods, now);
      const recoversAt = peerFloodBlockEnd(policy, history.peerFloods, now);
      return { status: 'blocked', recoversAt, error, ...(isRepeated && { wantsPerson: true }) };
    }
    case 'freeze':
      return { status: 'frozen', recoversAt: null, error };
    case 'sign_out':
      return { status: 'signed_out', recoversAt: null, error };
    case 'ban':
      return { status: 'banned', recoversAt: null, error };
    default:
      return undefined;
  }
}

const lessons = ({ learn, suppress }: Pick<AttemptOutcome, 'learn' | 'suppress'>) => ({
  ...(learn && { learn }),
  ...(suppress && { suppress }),
});
