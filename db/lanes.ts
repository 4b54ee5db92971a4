import { sql } from 'drizzle-orm';
import { HOUR_MS, later } from '#core/duration.ts';
import { at } from './command.ts';
import type { Tx } from './context.ts';

/**
 * Why a slot stands that new work does not move: the account's own pace. Every other reason was about the work there
 * was, so with new work the lane has to look again.
 */
const ownPace = sql.raw(`('pause', 'burst', 'hour', 'day', 'ramp', 'probation')`);

/** Gives the account a slot at once when it works for a running campaign and its own pace allows. */
export const wakeLane = async (tx: Tx, accountId: string, now: Date): Promise<void> => {
  await tx.execute(sql`
    update account set next_slot_at = ${at(now)}, next_slot_because = 'now'
    where id = ${accountId} and status = 'active'
      and (next_slot_at is null or (next_slot_at > ${at(now)} and next_slot_because not in ${ownPace}))
      and exists (
        select from campaign_account ca join campaign c on c.id = ca.campaign_id
        where ca.account_id = account.id and c.status = 'running')`);
};

/**
 * The same for every lane of a campaign; `from` is when there is something to do. Lanes at work are passed over, so that
 * two of them never wait for each other: a lane without work looks again by itself (`restLane`).
 */
export const wakeLanesOf = async (tx: Tx, campaignId: string, from: Date): Promise<void> => {
  await tx.execute(sql`
    update account set next_slot_at = ${at(from)}, next_slot_because = 'now'
    where id in (
      select a.id from account a join campaign_account ca on ca.account_id = a.id
      where ca.campaign_id = ${campaignId} and a.status = 'active'
        and (a.next_slot_at is null or (a.next_slot_at > ${at(from)} and a.next_slot_because not in ${ownPace}))
      for update of a skip locked)`);
};

/** An account that does not work has no slot: its recovery brings it back. */
export const setSlot = async (
  tx: Tx,
  accountId: string,
  slot: { at: Date | null; because: string },
): Promise<void> => {
  await tx.execute(sql`
    update account set
      next_slot_at = case when status = 'active' then ${slot.at?.toISOString() ?? null}::timestamptz end,
      next_slot_because = ${slot.because}
    where id = ${accountId}`);
};

/**
 * How often a lane without work looks again, in business time, whatever may have changed: a campaign that was started
 * or resumed while the lane was at work passed it over.
 */
export const lookAgainMs = HOUR_MS;

/** The lane has no campaign that runs. While one may yet run it looks again in an hour, else it has no slot. */
export const restLane = async (tx: Tx, accountId: string, now: Date): Promise<void> => {
  const open = await tx.execute(sql`
    select 1 from campaign_account ca join campaign c on c.id = ca.campaign_id
    where ca.account_id = ${accountId} and c.status in ('draft', 'scheduled', 'running', 'paused') limit 1`);
  const at = open.length > 0 ? later(now, lookAgainMs) : null;
  await setSlot(tx, accountId, { at, because: 'no_targets' });
};
