import type { Membership, RpcFailure } from '../telegram/user-session.ts';
import { type AttemptOutcome, alreadyMember, joined, refused, returned } from './outcome.ts';

/**
 * Settles an attempt of unknown outcome by what the account that made it reads of the membership; `unreadable` when
 * that account can never look again. Someone who is not there is tried once more, because the look proves that the
 * lost call added nobody; the second loss is final. A person who left or was removed is never invited again.
 */
export function settleByMembership(
  membership: Membership | 'unreadable',
  earlierUnknowns: number,
): AttemptOutcome {
  switch (membership) {
    case 'member':
      return joined;
    case 'kicked':
      return refused('USER_KICKED', { suppress: 'community' });
    case 'left':
      return refused('left_before');
    case 'unreadable':
      return refused('outcome_unknown');
    case 'never':
      return earlierUnknowns === 0 ? returned('outcome_unknown') : refused('outcome_unknown');
  }
}

/** Settles an attempt that found the person's standing before it invited: nothing was sent. */
export const settleByStanding = (membership: Exclude<Membership, 'never'>): AttemptOutcome =>
  membership === 'member' ? alreadyMember : settleByMembership(membership, 0);

/**
 * True when a failed look at the membership will fail in the same way again: Telegram answered, and not with trouble of
 * its own, which is of kind `unknown`. Lost answers and trouble pass, so the look is worth repeating.
 */
export const isBlindLook = (failure: RpcFailure): boolean => failure.kind === 'rpc';
