import { sql } from 'drizzle-orm';
import type { LookUpBy } from '#core/campaign/next-attempt.ts';
import { DAY_MS, later } from '#core/duration.ts';
import type { LedgerCall } from '#core/pacing/slot.ts';
import { at } from './command.ts';
import type { Tx } from './context.ts';

/** Look-ups of an account that its limits still count: the last day's and every open one. */
export const listLookups = async (tx: Tx, accountId: string, now: Date): Promise<LedgerCall[]> => {
  const rows = await tx.execute<{ started_at: string; counted_at: string | null }>(sql`
    select started_at, counted_at from lookup
    where account_id = ${accountId} and (counted_at is null or counted_at > ${at(later(now, -DAY_MS - 1))})`);
  return rows.map((row) => ({
    startedAt: new Date(row.started_at),
    countedAt: row.counted_at === null ? null : new Date(row.counted_at),
  }));
};

export type NewLookup = {
  workspaceId: string;
  accountId: string;
  by: LookUpBy;
  personId: string | null;
  now: Date;
  callDeadlineMs: number;
};

/**
 * Writes the look-up down before it is made, a phone number left out; the caller holds the account's lock and has asked the
 * limits.
 */
export const openLookup = async (tx: Tx, { by, ...lookup }: NewLookup): Promise<string> => {
  const username = by.kind === 'username' ? by.username : '';
  const [row] = await tx.execute<{ id: string }>(sql`
    insert into lookup (workspace_id, account_id, username, is_by_phone, person_id, started_at, deadline_at)
    values (${lookup.workspaceId}, ${lookup.accountId}, ${username}, ${by.kind === 'phone'}, ${lookup.personId},
      ${at(lookup.now)},
      clock_timestamp() + ${lookup.callDeadlineMs} * interval '1 millisecond')
    returning id`);
  if (!row) throw new Error('insert gave no row');
  return row.id;
};

/** The look-up is over and counts as made now, whatever came of it. Closed already: nothing changes. */
export const closeLookup = async (
  tx: Tx,
  input: { lookupId: string; now: Date; error?: string },
): Promise<{ accountId: string; personId: string | null; isByPhone: boolean } | undefined> => {
  const [row] = await tx.execute<{ account_id: string; person_id: string | null; is_by_phone: boolean }>(sql`
    update lookup set counted_at = ${at(input.now)}, error = ${input.error ?? null}
    where id = ${input.lookupId} and counted_at is null
    returning account_id, person_id, is_by_phone`);
  return row && { accountId: row.account_id, personId: row.person_id, isByPhone: row.is_by_phone };
};
