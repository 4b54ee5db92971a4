import { accountAfter, type FailureHistory } from '../account/reaction.ts';
import type { AccountChange } from '../account/standing.ts';
import { later, SECOND_MS } from '../duration.ts';
import type { LimitPolicy } from '../pacing/policy.ts';
import { classify } from '../telegram/error-catalogue.ts';
import type { RpcFailure } from '../telegram/user-session.ts';

const networkPauseMs = 30 * SECOND_MS;
const networkRetries = 5;

/** What a failed page means: the same page again, the task moves on to another account, or it ends. */
export type PageFailure = {
  task: { kind: 'again'; at: Date } | { kind: 'move' } | { kind: 'fail' };
  /** Telegram's error name. */
  reason: string;
  account?: AccountChange;
  /** The account may no longer read this community. */
  detachesAccount?: true;
};

/**
 * Reading has no effect at Telegram, so a page without an answer is simply asked for again, `failuresInRow` allowing.
 * An account in trouble hands the task on; a community in trouble ends it.
 */
export function reactToPageFailure(
  failure: RpcFailure,
  now: Date,
  policy: LimitPolicy,
  history: Pick<FailureHistory, 'peerFloods'> & { failuresInRow: number },
): PageFailure {
  const reason = failure.error;
  const account = accountAfter(failure, now, policy, history);
  if (account) return { task: { kind: 'move' }, reason, account };
  switch (classify(failure).reaction.kind) {
    case 'detach':
      return { task: { kind: 'move' }, reason, detachesAccount: true };
    case 'unknown':
      return history.failuresInRow < networkRetries
        ? { task: { kind: 'again', at: later(now, networkPauseMs) }, reason }
        : { task: { kind: 'fail' }, reason };
    default:
      return { task: { kind: 'fail' }, reason };
  }
}
