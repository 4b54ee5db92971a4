import { and, eq, ne } from 'drizzle-orm';
import type { CommunityFacts } from '#core/telegram/user-session.ts';
import { pauseCampaignsWithoutAccounts } from '../account-fate.ts';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import { refuseCheck } from '../community-checks.ts';
import type { CommandContext, Tx } from '../context.ts';
import { wakeLane } from '../lanes.ts';
import { closeLookup } from '../lookups.ts';
import { appendEvent } from '../outbox.ts';
import { judgeCheckingTasks } from '../parse-judgement.ts';
import { community, communityAccess } from '../schema/index.ts';

export type RecordCommunityInput = {
  communityId: string;
  accountId: string;
  facts: CommunityFacts;
  /** Comments under the last 15 posts of a channel; undefined when nobody looked. */
  recentComments: number | undefined;
  /** All its messages, or the posts of a channel; undefined when nobody counted. */
  messagesCount?: number | undefined;
  /** When the last message that the account saw was written. */
  lastPostAt?: Date | undefined;
  /** A guess, ISO 639-1. */
  language?: string | undefined;
  /** The look-up that resolved its username, when it took one. */
  lookupId?: string;
};

/**
 * Keeps what an account read of a community, and judges the parse tasks that waited for it. A community that is known
 * already under another reference is refused, because two rows of one community would be invited into twice.
 */
export const recordCommunity = (ctx: CommandContext, input: RecordCommunityInput): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { communityId, accountId, facts } = input;
    if (input.lookupId) await closeLookup(tx, { lookupId: input.lookupId, now: ctx.now });
    const [twin] = await tx
      .select({ id: community.id })
      .from(community)
      .where(and(eq(community.telegramId, facts.telegramId), ne(community.id, communityId)));
    if (twin) return refuseCheck(tx, ctx, { communityId, accountId, code: 'community.already_known' });

    const updated = await tx
      .update(community)
      .set({
        telegramId: facts.telegramId,
        kind: facts.kind,
        title: facts.title,
        username: facts.username ?? null,
        membersCount: facts.membersCount,
        membersHidden: facts.membersHidden,
        about: facts.about ?? null,
        lastPostAt: input.lastPostAt ?? null,
        language: input.language ?? null,
        linkedTelegramId: facts.linkedChat?.telegramId ?? null,
        ...(input.recentComments !== undefined && { recentComments: input.recentComments }),
        ...(input.messagesCount !== undefined && { messagesCount: input.messagesCount }),
        checkedAt: ctx.now,
        refusal: null,
      })
      .where(eq(community.id, communityId))
      .returning({ recentComments: community.recentComments });
    const { recentComments } = onlyRow(updated, 'not_found');
    await saveAccess(tx, ctx, input);
    await judgeCheckingTasks(tx, ctx, { communityId, accountId, facts, recentComments });
    if (!facts.own.mayInvite) await pauseCampaignsWithoutAccounts(tx, ctx, accountId);
    await wakeLane(tx, accountId, ctx.now);
    await appendEvent(tx, ctx, { kind: 'community.checked', payload: { communityId } });
    await appendAudit(tx, ctx, {
      action: 'community.checked',
      entityId: communityId,
      after: { accountId, kind: facts.kind, membersCount: facts.membersCount, own: facts.own },
    });
  });

const saveAccess = async (tx: Tx, ctx: CommandContext, input: RecordCommunityInput): Promise<void> => {
  const { accountId, communityId, facts } = input;
  const row = {
    accessHash: facts.accessHash,
    isMember: facts.own.isMember,
    isAdmin: facts.own.isAdmin,
    mayInvite: facts.own.mayInvite,
    adminRights: facts.own.adminRights,
    checkAt: null,
    checkedAt: ctx.now,
    refusal: null,
  };
  await tx
    .insert(communityAccess)
    .values({ workspaceId: ctx.workspaceId, accountId, communityId, ...row })
    .onConflictDoUpdate({ target: [communityAccess.accountId, communityAccess.communityId], set: row });
};
