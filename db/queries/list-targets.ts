import { and, asc, eq, gt } from 'drizzle-orm';
import { Refused } from '#core/refusals.ts';
import type { Basis, TargetStatus } from '#core/statuses.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { campaign, person, target } from '../schema/index.ts';

export type TargetItem = {
  targetId: string;
  position: number;
  firstName: string;
  username: string | null;
  phone: string | null;
  basis: Basis;
  status: TargetStatus;
  reason: string | null;
  notBefore: Date | null;
  settledAt: Date | null;
};

export type TargetPage = { items: TargetItem[]; total: number; next: number | undefined };

/** The people of a campaign in their order, at most `limit` behind a position. Throws `not_found`. */
export const listTargets = (
  ctx: QueryContext,
  wish: { campaignId: string; status?: TargetStatus | undefined; after?: number | undefined; limit: number },
): Promise<TargetPage> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const { campaignId, status, after, limit } = wish;
    const [known] = await tx.select({ id: campaign.id }).from(campaign).where(eq(campaign.id, campaignId));
    if (!known) throw new Refused('not_found');
    const wanted = and(eq(target.campaignId, campaignId), status && eq(target.status, status));
    const rows = await tx
      .select({
        targetId: target.id,
        position: target.position,
        firstName: person.firstName,
        username: person.username,
        phone: person.phone,
        basis: target.basis,
        status: target.status,
        reason: target.reason,
        notBefore: target.notBefore,
        settledAt: target.settledAt,
      })
      .from(target)
      .innerJoin(person, eq(person.id, target.personId))
      .where(and(wanted, after === undefined ? undefined : gt(target.position, after)))
      .orderBy(asc(target.position))
      .limit(limit + 1);
    const items = rows.slice(0, limit);
    const total = await tx.$count(target, wanted);
    return { items, total, next: rows.length > limit ? items.at(-1)?.position : undefined };
  });
