import { and, eq, not, sql } from 'drizzle-orm';
import { newLogins, REFRESH_EVERY_MS } from '#core/account/life.ts';
import { later } from '#core/duration.ts';
import type { Authorization, OwnProfile } from '#core/telegram/user-session.ts';
import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext, Tx } from '../context.ts';
import { lockAccount } from '../lane-work.ts';
import { requireLease } from '../lease-check.ts';
import { appendEvent } from '../outbox.ts';
import { account, accountAuthorization, accountSession } from '../schema/accounts.ts';

export type RefreshInput = {
  accountId: string;
  leaseToken: number;
  profile: OwnProfile;
  authorizations: readonly Authorization[];
  /** Sessions that were to be ended and could not be, with Telegram's name of the error. */
  unended: readonly { hash: string; error: string }[];
};

/**
 * Keeps what Telegram says of an account: its profile and its sessions. A session that is new and not ours is told. The
 * next look is set. Refuses with `conflict` when the lease was lost.
 */
export const recordRefresh = (ctx: CommandContext, input: RefreshInput): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { accountId, profile, authorizations } = input;
    const { firstName, lastName = null, username = null, isPremium, hasPhoto } = profile;
    await lockAccount(tx, accountId);
    await requireLease(tx, input);
    await tx
      .update(account)
      .set({
        ...{ firstName, lastName, username, isPremium, hasPhoto },
        refreshedAt: ctx.now,
        refreshAt: later(ctx.now, REFRESH_EVERY_MS),
      })
      .where(eq(account.id, accountId));
    await tellNewLogins(tx, ctx, input);
    await saveAuthorizations(tx, ctx, input);
    await appendEvent(tx, ctx, { kind: 'account.refreshed', payload: { accountId } });
    await appendAudit(tx, ctx, {
      action: 'account.refreshed',
      entityId: accountId,
      after: { sessions: authorizations.length, unended: input.unended.length },
    });
  });

const tellNewLogins = async (tx: Tx, ctx: CommandContext, input: RefreshInput): Promise<void> => {
  const { accountId, authorizations } = input;
  const known = await tx
    .select({ hash: accountAuthorization.hash })
    .from(accountAuthorization)
    .where(eq(accountAuthorization.accountId, accountId));
  const [signedIn] = await tx
    .select({ at: accountSession.sealedAt })
    .from(accountSession)
    .where(eq(accountSession.accountId, accountId));
  const hashes = new Set(known.map(({ hash }) => hash));
  for (const { hash, device, app, country, createdAt } of newLogins(
    authorizations,
    hashes,
    signedIn?.at ?? ctx.now,
  )) {
    const payload = { accountId, hash, device, app, country, createdAt: createdAt.toISOString() };
    await appendEvent(tx, ctx, { kind: 'account.new_login', payload });
    await appendAudit(tx, ctx, {
      action: 'account.new_login',
      entityId: accountId,
      after: { device, app, country, createdAt },
    });
  }
};

const saveAuthorizations = async (tx: Tx, ctx: CommandContext, input: RefreshInput): Promise<void> => {
  const { accountId, authorizations, unended } = input;
  const isOfAccount = eq(accountAuthorization.accountId, accountId);
  const hashes = JSON.stringify(authorizations.map(({ hash }) => hash));
  const isListed = sql`${accountAuthorization.hash} in (
    select value::bigint from json_array_elements_text(${hashes}::json))`;
  await tx.delete(accountAuthorization).where(and(isOfAccount, not(isListed)));
  for (const { hash, ...shown } of authorizations) {
    const failed = unended.find((one) => one.hash === hash);
    const end = failed && { endAt: null, endError: failed.error };
    await tx
      .insert(accountAuthorization)
      .values({ accountId, workspaceId: ctx.workspaceId, hash, ...shown, ...end })
      .onConflictDoUpdate({
        target: [accountAuthorization.accountId, accountAuthorization.hash],
        set: { ...shown, ...end },
      });
  }
};
