import { DAY_MS, HOUR_MS, later, latest, SECOND_MS } from '../duration.ts';
import { probationEnd } from './peer-flood.ts';
import { halved, type LimitPolicy } from './policy.ts';
import { arrivalBound, roomInWindow } from './rolling-window.ts';
import type { LedgerCall, Slot, SlotReason } from './slot.ts';

/** What an account's next invite into one community is judged by. The order of the calls does not matter. */
export type LedgerWindow = {
  /** When the account first signed in: its ramp counts from here. */
  connectedAt: Date;
  /** When this account got PEER_FLOOD in the last 60 days, in any order. */
  peerFloods: readonly Date[];
  /** When a person last resumed it after repeated ones. */
  resumedAt?: Date | null;
  communityId: string;
  /** This account's invites of at least the last 24 hours and every open one, into any community. */
  attempts: readonly (LedgerCall & { communityId: string })[];
  /** Invites into this community by all accounts, this one's too: the last 24 hours and every open one. */
  communityAttempts: readonly Pick<LedgerCall, 'countedAt'>[];
  /** All invites this account ever made into this community. */
  lifetimeInCommunity: number;
};

/**
 * The earliest moment at which the account may invite into the community without exceeding any limit in any rolling
 * window, wherever in their spans the known calls arrived. It never grows with a limit, and `roll` (0 to 1) draws the
 * pause: with 0 it is the shortest lawful one. An open call counts as arriving at `now`, so the slot only holds until
 * that call is settled.
 */
export function nextSlot(policy: LimitPolicy, window: LedgerWindow, now: Date, roll: number): Slot {
  const free = slotUnder(policy, window, now, now, roll);
  const probationEndsAt = probationEnd(policy, window.peerFloods, window.resumedAt);
  if (!probationEndsAt || probationEndsAt <= now || free.at === null) return free;
  const onProbation = slotUnder(halved(policy), window, now, now, roll);
  const afterwards = slotUnder(policy, window, now, probationEndsAt, roll);
  const soonest = earlier(onProbation, afterwards);
  return soonest.at && free.at && soonest.at > free.at ? { at: soonest.at, because: 'probation' } : free;
}

const earlier = (a: Slot, b: Slot): Slot => (a.at === null || (b.at !== null && b.at < a.at) ? b : a);

function slotUnder(policy: LimitPolicy, window: LedgerWindow, now: Date, from: Date, roll: number): Slot {
  const own = window.attempts.map((call) => arrivalBound(call, now));
  const ownHere = window.attempts
    .filter((call) => call.communityId === window.communityId)
    .map((call) => arrivalBound(call, now));
  const everybodyHere = window.communityAttempts.map((call) => arrivalBound(call, now));

  if (window.lifetimeInCommunity >= policy.invitesPerAccountCommunityLifetime) {
    return { at: null, because: 'community_lifetime' };
  }
  const rules: [SlotReason, Date | null][] = [
    ['pause', afterPause(policy, own, from, roll)],
    ['burst', afterBurst(policy, window.attempts, now, from)],
    ['hour', roomInWindow(own, policy.invitesPerAccountHour, HOUR_MS, from)],
    ['day', roomInWindow(own, policy.invitesPerAccountDay, DAY_MS, from)],
    ['ramp', roomInRamp(policy, window.connectedAt, own, from)],
    ['community_day', roomInWindow(ownHere, policy.invitesPerAccountCommunityDay, DAY_MS, from)],
    ['community_all_day', roomInWindow(everybodyHere, policy.invitesPerCommunityDay, DAY_MS, from)],
  ];
  return binding(rules, from);
}

/** The rule that allows last; of equals the first. A rule that never allows binds for ever. */
function binding(rules: readonly [SlotReason, Date | null][], from: Date): Slot {
  let slot: { at: Date; because: SlotReason } = { at: from, because: 'now' };
  for (const [because, at] of rules) {
    if (at === null) return { at: null, because };
    if (at > slot.at) slot = { at, because };
  }
  return slot;
}

function afterPause(policy: LimitPolicy, own: readonly Date[], from: Date, roll: number): Date {
  const last = newest(own);
  if (!last) return from;
  const { pauseMinSeconds, pauseMaxSeconds } = policy;
  const pauseMs = Math.round((pauseMinSeconds + roll * (pauseMaxSeconds - pauseMinSeconds)) * SECOND_MS);
  return latest(from, later(last, pauseMs));
}

/**
 * Counts calls as in a row whenever they may have arrived closer together than the burst pause. Their order is that of
 * their ends: a call that was under way while the clock was set back began later than it ended.
 */
function afterBurst(policy: LimitPolicy, attempts: readonly LedgerCall[], now: Date, from: Date): Date {
  const pauseMs = policy.burstPauseSeconds * SECOND_MS;
  const newestFirst = attempts
    .map((call) => ({ startedAt: call.startedAt, bound: arrivalBound(call, now) }))
    .sort((a, b) => b.bound.getTime() - a.bound.getTime() || b.startedAt.getTime() - a.startedAt.getTime());
  const burst = newestFirst.slice(0, policy.burstLength);
  const isRow = burst.every((call, index) => {
    const next = burst[index - 1];
    return !next || next.startedAt.getTime() - call.bound.getTime() < pauseMs;
  });
  const last = newest(burst.map((call) => call.bound));
  return isRow && burst.length === policy.burstLength && last ? latest(from, later(last, pauseMs)) : from;
}

/** A new account's daily allowance grows on each full day, so the first day with room wins. */
function roomInRamp(policy: LimitPolicy, connectedAt: Date, own: readonly Date[], from: Date): Date | null {
  let soonest: Date | null = null;
  for (let day = 0; ; day += 1) {
    const allowance = policy.rampFirstDay + day * policy.rampDailyGain;
    const dayStart = latest(from, later(connectedAt, day * DAY_MS));
    const room = roomInWindow(own, allowance, DAY_MS, dayStart);
    if (room && (!soonest || room < soonest)) soonest = room;
    if (allowance >= policy.invitesPerAccountDay || policy.rampDailyGain === 0) return soonest;
  }
}

const newest = (moments: readonly Date[]): Date | undefined =>
  moments.reduce<Date | undefined>((last, moment) => (last ? latest(last, moment) : moment), undefined);
