import { and, eq, sql } from 'drizzle-orm';
import { formatReference, parseReference } from '#core/community/reference.ts';
import { Refused } from '#core/refusals.ts';
import type { CommunityReference } from '#core/telegram/user-session.ts';
import { wantAccess } from './accounts.ts';
import { allocateAccount } from './allocation.ts';
import { orRefuse } from './command.ts';
import type { CommandContext, Tx } from './context.ts';
import { community, communityAccess } from './schema/index.ts';

/**
 * The community of a reference in any written form, saved, and asked to be read where nobody has read it. One that was
 * read keeps its facts; one that could not be read is tried again; one that is blocked stays blocked.
 */
export const nameCommunity = async (tx: Tx, ctx: CommandContext, reference: string): Promise<string> => {
  const communityId = await findOrSave(tx, ctx, reference);
  const accountId = await allocateAccount(tx, ctx, { communityId });
  if (!accountId) throw new Refused('community.no_account_sees_it');
  await tx
    .update(community)
    .set({ mark: 'saved' })
    .where(and(eq(community.id, communityId), eq(community.mark, 'found')));
  const [forgiven] = await tx
    .update(community)
    .set({ refusal: null })
    .where(and(eq(community.id, communityId), sql`checked_at is null`))
    .returning({ id: community.id });
  if (forgiven) {
    await tx
      .delete(communityAccess)
      .where(and(eq(communityAccess.communityId, communityId), sql`refusal is not null`));
    await wantAccess(tx, { workspaceId: ctx.workspaceId, accountId, communityId, now: ctx.now });
  }
  return communityId;
};

/** The community of a reference in any written form; nothing is asked of Telegram yet. */
export const findOrSave = async (tx: Tx, ctx: CommandContext, reference: string): Promise<string> => {
  const parsed = orRefuse(parseReference(reference));
  return (await findKnown(tx, parsed)) ?? (await saveReference(tx, ctx, parsed));
};

/** A community may be known already by another reference. */
const findKnown = async (tx: Tx, reference: CommunityReference): Promise<string | undefined> => {
  if (reference.kind === 'invite_hash') return undefined;
  const isIt =
    reference.kind === 'username'
      ? eq(sql`lower(${community.username})`, reference.username)
      : eq(community.telegramId, reference.telegramId);
  const [known] = await tx.select({ id: community.id }).from(community).where(isIt).limit(1);
  return known?.id;
};

const saveReference = async (tx: Tx, ctx: CommandContext, parsed: CommunityReference): Promise<string> => {
  const reference = formatReference(parsed);
  await tx
    .insert(community)
    .values({ workspaceId: ctx.workspaceId, reference, createdAt: ctx.now })
    .onConflictDoNothing();
  const rows = await tx
    .select({ id: community.id })
    .from(community)
    .where(eq(community.reference, reference));
  const [row] = rows;
  if (!row) throw new Refused('conflict');
  return row.id;
};
