import { and, eq, isNull, or, sql } from 'drizzle-orm';
import {
  type BreakerEvidence,
  type BreakerKind,
  isBreakerRule,
  judgeBreaker,
  ruleOfBreaker,
} from '#core/breakers/breaker.ts';
import type { LimitPolicy } from '#core/pacing/policy.ts';
import { Refused } from '#core/refusals.ts';
import { type BreakerPlace, countForBreaker } from './breaker-counts.ts';
import { pauseIfRunning } from './campaign-state.ts';
import { appendAudit } from './command.ts';
import type { CommandContext, Tx } from './context.ts';
import { breaker } from './schema/breakers.ts';

/** Counts what speaks against going on, opens the breakers that it calls for and pauses what they stop. */
export const judgeBreakers = async (
  tx: Tx,
  ctx: CommandContext,
  kinds: readonly BreakerKind[],
  place: BreakerPlace,
  policy: LimitPolicy,
): Promise<void> => {
  for (const kind of kinds) {
    const evidence = judgeBreaker(policy, kind, await countForBreaker(tx, kind, place, policy, ctx.now));
    if (evidence) await openBreaker(tx, ctx, kind, place, evidence);
  }
};

/** Spam warnings stop every campaign into the community, all else the one campaign. */
const openBreaker = async (
  tx: Tx,
  ctx: CommandContext,
  kind: BreakerKind,
  { campaignId, communityId }: BreakerPlace,
  evidence: BreakerEvidence,
): Promise<void> => {
  const isOfCommunity = kind === 'peer_floods';
  const opened = await tx
    .insert(breaker)
    .values({
      workspaceId: ctx.workspaceId,
      kind,
      communityId,
      campaignId: isOfCommunity ? null : campaignId,
      ...evidence,
      openedAt: ctx.now,
    })
    .onConflictDoNothing()
    .returning({ id: breaker.id });
  for (const { id } of opened) {
    await appendAudit(tx, ctx, {
      action: 'breaker.opened',
      entityId: id,
      after: { kind, campaignId, communityId, ...evidence },
    });
  }
  const stopped = isOfCommunity ? await runningInto(tx, communityId) : [campaignId];
  for (const id of stopped) await pauseIfRunning(tx, ctx, id, ruleOfBreaker(kind));
};

const runningInto = async (tx: Tx, communityId: string): Promise<string[]> => {
  const rows = await tx.execute<{ id: string }>(
    sql`select id from campaign where community_id = ${communityId} and status = 'running' order by id`,
  );
  return rows.map(({ id }) => id);
};

/** The open breakers that stop a campaign: its own, and its community's. */
export const stopping = ({ campaignId, communityId }: BreakerPlace) =>
  and(
    eq(breaker.communityId, communityId),
    or(isNull(breaker.campaignId), eq(breaker.campaignId, campaignId)),
    isNull(breaker.closedAt),
  );

/**
 * Lets a person go on past the breakers that stop a campaign, which closes them. Without a reason it refuses with
 * `campaign.breaker_open` when there is one, or when one has paused the campaign (`because`).
 */
export const passBreakers = async (
  tx: Tx,
  ctx: CommandContext,
  place: BreakerPlace & { because: string | null },
  reason: string | undefined,
): Promise<void> => {
  const open = await tx.select({ id: breaker.id }).from(breaker).where(stopping(place)).for('update');
  if (open.length === 0 && !isBreakerRule(place.because)) return;
  if (!reason?.trim()) throw new Refused('campaign.breaker_open');
  const closeReason = reason.trim();
  await tx
    .update(breaker)
    .set({ closedAt: ctx.now, closedBy: ctx.actor, closeReason })
    .where(stopping(place));
  const closed = open.length > 0 ? open.map(({ id }) => id) : [place.campaignId];
  for (const entityId of closed) {
    await appendAudit(tx, ctx, {
      action: 'breaker.closed',
      entityId,
      after: { ...place, reason: closeReason },
    });
  }
};
