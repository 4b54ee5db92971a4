import { inArray, sql } from 'drizzle-orm';
import type { TargetStatus } from '#core/statuses.ts';
import type { Tx } from '../context.ts';
import { target } from '../schema/index.ts';

/** How many targets of a campaign stand where. `settled` are those in a final state. */
export type TargetCounts = {
  total: number;
  settled: number;
  pending: number;
  waiting: number;
  attempting: number;
  joined: number;
  alreadyMember: number;
  refused: number;
  unreachable: number;
  suppressed: number;
};

const countOf = (status: TargetStatus) =>
  sql<number>`count(*) filter (where ${target.status} = ${status})::int`;

/** Counts by campaign id; a campaign without targets has no entry. */
export const countTargets = async (tx: Tx, campaignIds: string[]): Promise<Map<string, TargetCounts>> => {
  if (campaignIds.length === 0) return new Map();
  const rows = await tx
    .select({
      campaignId: target.campaignId,
      total: sql<number>`count(*)::int`,
      settled: sql<number>`count(*) filter (where ${target.status} not in ('pending', 'waiting', 'attempting'))::int`,
      pending: countOf('pending'),
      waiting: countOf('waiting'),
      attempting: countOf('attempting'),
      joined: countOf('joined'),
      alreadyMember: countOf('already_member'),
      refused: countOf('refused'),
      unreachable: countOf('unreachable'),
      suppressed: countOf('suppressed'),
    })
    .from(target)
    .where(inArray(target.campaignId, campaignIds))
    .groupBy(target.campaignId);
  return new Map(rows.map(({ campaignId, ...counts }) => [campaignId, counts]));
};

export const NO_TARGETS: TargetCounts = {
  total: 0,
  settled: 0,
  pending: 0,
  waiting: 0,
  attempting: 0,
  joined: 0,
  alreadyMember: 0,
  refused: 0,
  unreachable: 0,
  suppressed: 0,
};
