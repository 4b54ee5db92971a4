import { and, eq, ne, sql } from 'drizzle-orm';
import type { SeenPerson } from '#core/telegram/user-session.ts';
import { at } from './command.ts';
import type { CommandContext, Tx } from './context.ts';
import { peerRef, person } from './schema/people.ts';

/**
 * A username or a phone number led to somebody: keeps who they are and this account's reference to them. False when that
 * is somebody else than the person who was meant, or cannot be addressed.
 */
export const meetPerson = async (
  tx: Tx,
  ctx: CommandContext,
  met: { personId: string; accountId: string; seen: SeenPerson },
): Promise<boolean> => {
  const { accountId, seen } = met;
  const [meant] = await tx
    .select({ telegramId: person.telegramId, username: person.username })
    .from(person)
    .where(eq(person.id, met.personId));
  const isOther = meant?.telegramId != null && meant.telegramId !== seen.telegramId;
  if (!meant || isOther || seen.accessHash === undefined) return false;

  const [twin] = await tx
    .select({ id: person.id })
    .from(person)
    .where(and(eq(person.telegramId, seen.telegramId), ne(person.id, met.personId)));
  if (twin) await become(tx, ctx, met.personId, twin.id);
  const personId = twin?.id ?? met.personId;
  await tx
    .update(person)
    .set({
      telegramId: seen.telegramId,
      username: seen.username?.toLowerCase() ?? meant.username,
      firstName: seen.firstName,
      lastName: seen.lastName ?? null,
      isBot: seen.isBot,
      isDeleted: seen.isDeleted,
      isScam: seen.isScam,
      isPremium: seen.isPremium,
      hasPhoto: seen.hasPhoto,
      lastSeen: seen.lastSeen,
      seenAt: ctx.now,
    })
    .where(eq(person.id, personId));
  const reference = {
    kind: 'full' as const,
    accessHash: seen.accessHash,
    chatKind: null,
    chatTelegramId: null,
    messageId: null,
  };
  await tx
    .insert(peerRef)
    .values({ workspaceId: ctx.workspaceId, accountId, personId, ...reference })
    .onConflictDoUpdate({ target: [peerRef.accountId, peerRef.personId], set: reference });
  return true;
};

/** The typed person turns out to be one who is known already: targets move over, doubles end visibly. */
const become = async (tx: Tx, ctx: CommandContext, typedId: string, knownId: string): Promise<void> => {
  await tx.execute(sql`
    update target set status = 'refused', reason = 'tried_before', not_before = null, settled_at = ${at(ctx.now)}
    where person_id = ${typedId} and status in ('pending', 'waiting')
      and exists (select from target other
        where other.campaign_id = target.campaign_id and other.person_id = ${knownId})`);
  await tx.execute(sql`
    update target set person_id = ${knownId}
    where person_id = ${typedId} and status in ('pending', 'waiting')`);
  await tx.execute(sql`
    update audience_member set person_id = ${knownId}
    where person_id = ${typedId}
      and not exists (select from audience_member other
        where other.audience_id = audience_member.audience_id and other.person_id = ${knownId})`);
  await tx.execute(sql`
    update person set phone = coalesce(person.phone, typed.phone) from person typed
    where person.id = ${knownId} and typed.id = ${typedId}`);
  await tx.update(person).set({ username: null, phone: null }).where(eq(person.id, typedId));
};
