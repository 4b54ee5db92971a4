import { sql } from 'drizzle-orm';
import {
  type AddressedAttempt,
  type AddressedRow,
  selectAddressedAttempts,
  toAddressedAttempts,
} from '../attempt-addresses.ts';
import { appendAudit, at, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { lockAccount } from '../lane-work.ts';
import { requireLease } from '../lease-check.ts';

/**
 * Turns the account's attempts whose deadline has passed into unknown ones and lists all that are due for a look. They
 * keep their place in the limits. Look-ups without an answer are counted as made now. None while the account rests.
 */
export const markUnknown = (
  ctx: CommandContext,
  input: { accountId: string; leaseToken: number },
): Promise<{ attempts: AddressedAttempt[] }> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { accountId } = input;
    const account = await lockAccount(tx, accountId);
    if (account?.status !== 'active') return { attempts: [] };
    await requireLease(tx, input);
    await tx.execute(sql`
      update lookup set counted_at = ${at(ctx.now)}, error = 'timeout'
      where account_id = ${accountId} and counted_at is null and deadline_at <= clock_timestamp()`);
    const marked = await tx.execute<{ id: string }>(sql`
      with late as (
        update attempt set status = 'unknown', reason = 'outcome_unknown'
        where account_id = ${accountId} and status = 'attempting' and deadline_at <= clock_timestamp()
        returning id, target_id
      ), shown as (
        update target set reason = 'outcome_unknown' from late where target.id = late.target_id
      )
      select id from late`);
    for (const { id } of marked) {
      await appendAudit(tx, ctx, { action: 'attempt.unknown', entityId: id, after: { accountId } });
    }
    const isOverdue = sql`
      a.account_id = ${accountId} and a.status = 'unknown' and a.deadline_at <= clock_timestamp()`;
    const rows = await tx.execute<AddressedRow>(selectAddressedAttempts(isOverdue));
    return { attempts: toAddressedAttempts(rows) };
  });
