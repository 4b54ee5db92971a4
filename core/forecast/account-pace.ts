import { DAY_MS, HOUR_MS, SECOND_MS } from '../duration.ts';
import type { LedgerWindow } from '../pacing/next-slot.ts';
import { probationEnd } from '../pacing/peer-flood.ts';
import { halved, type LimitPolicy } from '../pacing/policy.ts';
import type { SlotReason } from '../pacing/slot.ts';
import { type CallHistory, historyOf, roomAfter } from './call-history.ts';

/**
 * What `nextSlot` reads of one account and one community, kept so that a further call costs no sorting. All moments in
 * milliseconds. Equal to `nextSlot` for every history whose calls have arrived by `now`; a property proves it.
 */
export type AccountPace = {
  policy: LimitPolicy;
  onProbation: LimitPolicy;
  connectedAtMs: number;
  probationEndsAtMs: number;
  own: CallHistory;
  ownHere: CallHistory;
  /** The newest calls first, no more of them than a burst. */
  burst: { startedAtMs: number; boundMs: number }[];
  lifetimeInCommunity: number;
};

/** The account's own part of a slot, the community's shared window left out. `freeMs` is the slot without probation. */
export type OwnSlot = { atMs: number; freeMs: number; because: SlotReason };
/** No moment ever is lawful. */
export type Never = { atMs: null; because: SlotReason };

export function createPace(
  policy: LimitPolicy,
  window: Omit<LedgerWindow, 'communityAttempts'>,
  now: Date,
): AccountPace {
  const nowMs = now.getTime();
  const { attempts, communityId, connectedAt, peerFloods, resumedAt, lifetimeInCommunity } = window;
  return {
    policy,
    onProbation: halved(policy),
    connectedAtMs: connectedAt.getTime(),
    probationEndsAtMs: probationEnd(policy, peerFloods, resumedAt)?.getTime() ?? Number.NEGATIVE_INFINITY,
    own: historyOf(attempts, nowMs),
    ownHere: historyOf(
      attempts.filter((call) => call.communityId === communityId),
      nowMs,
    ),
    burst: attempts
      .map((call) => ({
        startedAtMs: call.startedAt.getTime(),
        boundMs: call.countedAt?.getTime() ?? nowMs,
      }))
      .sort((a, b) => b.boundMs - a.boundMs || b.startedAtMs - a.startedAtMs)
      .slice(0, policy.burstLength),
    lifetimeInCommunity,
  };
}

/** One more invite into the community, made and answered at `atMs`, which is no earlier than any call before it. */
export function recordCall(pace: AccountPace, atMs: number): void {
  pace.own.push(atMs);
  pace.ownHere.push(atMs);
  pace.burst.unshift({ startedAtMs: atMs, boundMs: atMs });
  if (pace.burst.length > pace.policy.burstLength) pace.burst.pop();
  pace.lifetimeInCommunity += 1;
}

/** The account's part of `nextSlot` at `nowMs`. */
export function ownSlot(pace: AccountPace, nowMs: number, roll: number): OwnSlot | Never {
  const { policy, probationEndsAtMs } = pace;
  const free = slotUnder(pace, policy, nowMs, roll);
  if (free.atMs === null || probationEndsAtMs <= nowMs) return free;
  const held = slotUnder(pace, pace.onProbation, nowMs, roll).atMs ?? Number.POSITIVE_INFINITY;
  const afterwards = slotUnder(pace, policy, probationEndsAtMs, roll).atMs ?? Number.POSITIVE_INFINITY;
  return { ...free, atMs: Math.max(free.atMs, Math.min(held, afterwards)) };
}

/** The whole slot: the account's part and the moment at which the community has room for anybody. */
export function withCommunity(own: OwnSlot, roomMs: number): { atMs: number; because: SlotReason } {
  const freeMs = Math.max(own.freeMs, roomMs);
  const atMs = Math.max(own.atMs, roomMs);
  if (atMs > freeMs) return { atMs, because: 'probation' };
  return { atMs, because: roomMs > own.freeMs ? 'community_all_day' : own.because };
}

function slotUnder(pace: AccountPace, limits: LimitPolicy, fromMs: number, roll: number): OwnSlot | Never {
  if (pace.lifetimeInCommunity >= limits.invitesPerAccountCommunityLifetime) {
    return { atMs: null, because: 'community_lifetime' };
  }
  const rules: readonly [SlotReason, number | null][] = [
    ['pause', afterPause(pace, limits, roll)],
    ['burst', afterBurst(pace, limits)],
    ['hour', roomAfter(pace.own, limits.invitesPerAccountHour, HOUR_MS, fromMs)],
    ['day', roomAfter(pace.own, limits.invitesPerAccountDay, DAY_MS, fromMs)],
    ['ramp', roomInRamp(pace, limits, fromMs)],
    ['community_day', roomAfter(pace.ownHere, limits.invitesPerAccountCommunityDay, DAY_MS, fromMs)],
  ];
  let atMs = fromMs;
  let because: SlotReason = 'now';
  for (const [rule, ms] of rules) {
    if (ms === null) return { atMs: null, because: rule };
    if (ms > atMs) [atMs, because] = [ms, rule];
  }
  return { atMs, freeMs: atMs, because };
}

function afterPause({ own }: AccountPace, limits: LimitPolicy, roll: number): number {
  const last = own.at(-1);
  if (last === undefined) return Number.NEGATIVE_INFINITY;
  const { pauseMinSeconds, pauseMaxSeconds } = limits;
  return last + Math.round((pauseMinSeconds + roll * (pauseMaxSeconds - pauseMinSeconds)) * SECOND_MS);
}

function afterBurst({ burst }: AccountPace, limits: LimitPolicy): number {
  const pauseMs = limits.burstPauseSeconds * SECOND_MS;
  if (burst.length < limits.burstLength) return Number.NEGATIVE_INFINITY;
  let last = Number.NEGATIVE_INFINITY;
  for (const [index, call] of burst.entries()) {
    const next = burst[index - 1];
    if (next && next.startedAtMs - call.boundMs >= pauseMs) return Number.NEGATIVE_INFINITY;
    last = Math.max(last, call.boundMs);
  }
  return last + pauseMs;
}

/** Full days before `fromMs` allow no more than the one it falls in, so the search begins there. */
function roomInRamp(pace: AccountPace, limits: LimitPolicy, fromMs: number): number | null {
  const { rampFirstDay, rampDailyGain, invitesPerAccountDay } = limits;
  const age = Math.max(0, Math.floor((fromMs - pace.connectedAtMs) / DAY_MS));
  const lastDay =
    rampDailyGain === 0 ? 0 : Math.max(0, Math.ceil((invitesPerAccountDay - rampFirstDay) / rampDailyGain));
  let soonest: number | null = null;
  for (let day = Math.min(age, lastDay); day <= lastDay; day += 1) {
    const dayStart = Math.max(fromMs, pace.connectedAtMs + day * DAY_MS);
    if (soonest !== null && dayStart >= soonest) return soonest;
    const room = roomAfter(pace.own, rampFirstDay + day * rampDailyGain, DAY_MS, dayStart);
    if (room !== null && (soonest === null || room < soonest)) soonest = room;
  }
  return soonest;
}
