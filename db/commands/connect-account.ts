import { randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { REFRESH_EVERY_MS } from '#core/account/life.ts';
import { standingRestored } from '#core/account/standing.ts';
import { later } from '#core/duration.ts';
import type { SelfProfile } from '#core/telegram/user-session.ts';
import { readStanding, saveStanding } from '../accounts.ts';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext, Tx } from '../context.ts';
import { wakeLane } from '../lanes.ts';
import { freeLease } from '../leases.ts';
import { appendEvent } from '../outbox.ts';
import { adoptWaitingTasks } from '../parse-handover.ts';
import { account, accountSession, lease } from '../schema/accounts.ts';
import type { Sealed } from '../seal.ts';
import { dropReferences } from '../session-rows.ts';

/**
 * Keeps a fresh sign-in. An account signed in before keeps its history, its ramp and a wait that Telegram asked for,
 * but loses its references to people and communities: they belonged to the old session.
 * `seal` is called with the account's id, because the seal is bound to it.
 */
export const connectAccount = (
  ctx: CommandContext,
  input: { profile: SelfProfile; seal: (accountId: string) => Sealed },
): Promise<{ accountId: string; isNew: boolean }> =>
  runCommand(ctx, 'admin', async (tx) => {
    const { profile } = input;
    const [known] = await tx
      .select({ id: account.id, status: account.status })
      .from(account)
      .where(eq(account.telegramId, profile.telegramId))
      .for('update');
    const accountId = known?.id ?? randomUUID();
    const { firstName, lastName = null, username = null, isPremium, telegramId } = profile;
    const { workspaceId, now } = ctx;
    const shown = { firstName, lastName, username, isPremium, refreshAt: later(now, REFRESH_EVERY_MS) };
    const saved = await tx
      .insert(account)
      .values({
        ...{ id: accountId, workspaceId, telegramId, ...shown },
        status: 'active',
        connectedAt: now,
      })
      .onConflictDoUpdate({
        target: [account.workspaceId, account.telegramId],
        set: { ...shown, logOutAt: null, removedAt: null },
        setWhere: eq(account.id, accountId),
      })
      .returning({ id: account.id });
    onlyRow(saved, 'conflict');
    const standing = standingRestored(await readStanding(tx, accountId), now);
    await saveStanding(tx, accountId, standing);
    const { status } = standing;
    await replaceSession(tx, ctx, accountId, input.seal(accountId));
    await tx.insert(lease).values(freeLease(ctx.workspaceId, accountId)).onConflictDoNothing();
    await wakeLane(tx, accountId, ctx.now);
    await adoptWaitingTasks(tx, ctx);
    await appendEvent(tx, ctx, { kind: 'account.connected', payload: { accountId } });
    await appendAudit(tx, ctx, {
      action: 'account.connected',
      entityId: accountId,
      ...(known && { before: { status: known.status } }),
      after: { status, telegramId: profile.telegramId },
    });
    return { accountId, isNew: !known };
  });

const replaceSession = async (
  tx: Tx,
  ctx: CommandContext,
  accountId: string,
  sealed: Sealed,
): Promise<void> => {
  const row = { sealed: sealed.bytes, keyId: sealed.keyId, sealedAt: ctx.now };
  await tx
    .insert(accountSession)
    .values({ accountId, workspaceId: ctx.workspaceId, ...row })
    .onConflictDoUpdate({ target: accountSession.accountId, set: row });
  await dropReferences(tx, accountId, ctx.now);
};
