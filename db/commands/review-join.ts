import { sql } from 'drizzle-orm';
import { accountAfter } from '#core/account/reaction.ts';
import { isBlindLook } from '#core/campaign/reconcile.ts';
import { HOUR_MS } from '#core/duration.ts';
import type { Departure } from '#core/statuses.ts';
import type { Membership, RpcFailure } from '#core/telegram/user-session.ts';
import { applyAccountChange } from '../account-fate.ts';
import { judgeBreakers } from '../breakers.ts';
import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext, Tx } from '../context.ts';
import { lockAccount } from '../lane-work.ts';
import { requireLease } from '../lease-check.ts';
import { learnAbout } from '../people.ts';
import type { HashPerson } from '../person-hash.ts';
import { policyInForce } from '../policies.ts';

export type ReviewJoinInput = {
  attemptId: string;
  accountId: string;
  leaseToken: number;
  hashPerson: HashPerson;
} & ({ membership: Membership | 'unreadable' } | { failure: RpcFailure });

/** A look that comes later than this cannot tell that the person left within a day. */
const lateMs = 6 * HOUR_MS;

type Joined = { campaign_id: string; community_id: string; person_id: string; review_at: string };

/**
 * Keeps what was seen of somebody a day after they joined. Whoever left or was removed is never invited into the
 * community again and counts for the breaker of departures. After a failed look the account is treated as the failure
 * says; answers `again` when a later look may tell. Refuses with `conflict` when the lease was lost.
 */
export const reviewJoin = (ctx: CommandContext, input: ReviewJoinInput): Promise<{ again: boolean }> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { attemptId, accountId } = input;
    const [account, , joined, policy] = await Promise.all([
      lockAccount(tx, accountId),
      requireLease(tx, input),
      findJoined(tx, attemptId),
      policyInForce(tx, ctx),
    ]);
    if (!account || !joined) return { again: false };

    if ('failure' in input) {
      const change = accountAfter(input.failure, ctx.now, policy, { peerFloods: account.peerFloods });
      if (change) await applyAccountChange(tx, ctx, accountId, change);
      if (change || !isBlindLook(input.failure)) return { again: true };
    }
    const isOnTime = ctx.now.getTime() - new Date(joined.review_at).getTime() <= lateMs;
    const departure = 'membership' in input && isOnTime ? departureOf(input.membership) : null;
    await Promise.all([
      tx.execute(sql`update attempt set review_at = null, departure = ${departure} where id = ${attemptId}`),
      appendAudit(tx, ctx, { action: 'attempt.reviewed', entityId: attemptId, after: { departure } }),
    ]);
    if (!departure) return { again: false };

    const place = { campaignId: joined.campaign_id, communityId: joined.community_id };
    await learnAbout(tx, ctx, {
      ...place,
      personId: joined.person_id,
      reaction: { suppress: 'community', reason: `${departure}_soon` },
      hashPerson: input.hashPerson,
    });
    await judgeBreakers(tx, ctx, ['departures'], place, policy);
    return { again: false };
  });

const findJoined = async (tx: Tx, attemptId: string): Promise<Joined | undefined> => {
  const [row] = await tx.execute<Joined>(sql`
    select campaign_id, community_id, person_id, review_at from attempt
    where id = ${attemptId} and status = 'joined' and review_at is not null for update`);
  return row;
};

/** Of a basic group Telegram tells no more than that somebody is not there. */
const departureOf = (membership: Membership | 'unreadable'): Departure | null => {
  if (membership === 'kicked') return 'kicked';
  return membership === 'left' || membership === 'never' ? 'left' : null;
};
