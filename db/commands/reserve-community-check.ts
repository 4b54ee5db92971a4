import { and, eq, sql } from 'drizzle-orm';
import { parseReference } from '#core/community/reference.ts';
import { nextLookup } from '#core/pacing/lookups.ts';
import type { ChatRef, CommunityReference } from '#core/telegram/user-session.ts';
import { appendAudit, onlyRow, orRefuse, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { lockAccount } from '../lane-work.ts';
import { holdsLease } from '../lease-check.ts';
import { listLookups, openLookup } from '../lookups.ts';
import { policyInForce } from '../policies.ts';
import { community, communityAccess } from '../schema/index.ts';

export type CommunityCheck =
  /** The account knows the community: read it again. */
  | { kind: 'read'; chat: ChatRef }
  /** `lookupId` is set when resolving it costs a username look-up; it goes back with the answer. */
  | { kind: 'resolve'; reference: CommunityReference; lookupId?: string }
  | { kind: 'wait'; until: Date | null }
  | { kind: 'account_rests' }
  | { kind: 'lease_lost' };

/**
 * Says how the account is to read the community, and writes down the look-up that costs before it is made. Usernames
 * of communities and of people are resolved by the same call, so they share one limit.
 */
export const reserveCommunityCheck = (
  ctx: CommandContext,
  input: { communityId: string; accountId: string; leaseToken: number; callDeadlineMs: number },
): Promise<CommunityCheck> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { communityId, accountId } = input;
    const reader = await lockAccount(tx, accountId);
    if (reader?.status !== 'active') return { kind: 'account_rests' };
    if (!(await holdsLease(tx, input))) return { kind: 'lease_lost' };
    const isThis = and(
      eq(communityAccess.communityId, communityId),
      eq(communityAccess.accountId, accountId),
    );
    const found = await tx
      .select({
        reference: community.reference,
        kind: community.kind,
        telegramId: community.telegramId,
        accessHash: communityAccess.accessHash,
      })
      .from(community)
      .leftJoin(communityAccess, isThis)
      .where(eq(community.id, communityId));
    const { kind, telegramId, ...known } = onlyRow(found, 'not_found');
    // A basic group has no access hash: its members address it by its id.
    const accessHash = kind === 'group' ? '0' : known.accessHash;
    if (kind && telegramId && accessHash) return { kind: 'read', chat: { kind, telegramId, accessHash } };

    const reference = orRefuse(parseReference(known.reference));
    if (reference.kind !== 'username') return { kind: 'resolve', reference };
    const policy = await policyInForce(tx, ctx);
    const slot = nextLookup(policy, await listLookups(tx, accountId, ctx.now), ctx.now);
    if (slot.at === null || slot.at > ctx.now) {
      await tx
        .update(communityAccess)
        .set({ checkAt: slot.at ?? sql`null` })
        .where(isThis);
      return { kind: 'wait', until: slot.at };
    }
    const lookupId = await openLookup(tx, {
      workspaceId: ctx.workspaceId,
      accountId,
      by: { kind: 'username', username: reference.username },
      personId: null,
      now: ctx.now,
      callDeadlineMs: input.callDeadlineMs,
    });
    await appendAudit(tx, ctx, {
      action: 'lookup.reserved',
      entityId: lookupId,
      after: { accountId, communityId },
    });
    return { kind: 'resolve', reference, lookupId };
  });
