import { DAY_MS, HOUR_MS } from '../duration.ts';
import type { LimitPolicy } from '../pacing/policy.ts';
import {
  type AccountPace,
  createPace,
  type Never,
  type OwnSlot,
  ownSlot,
  recordCall,
  withCommunity,
} from './account-pace.ts';
import { type CallHistory, historyOf, roomAfter } from './call-history.ts';
import type { BindingReason, ForecastAccount, ForecastQuestion, NeverReason } from './forecast.ts';

/** One account as the forecast runs: its pace, its own next slot, and how long it has waited for it. */
export type Lane = {
  pace: AccountPace;
  lookups: CallHistory;
  slot: OwnSlot;
  /** Why the lane waits, when that is no rule of its slot: a recovery, a look-up. */
  insteadBecause: BindingReason | undefined;
  waitsSinceMs: number;
  invites: number;
};

/** The lane with its first slot, or why it never gets one. */
export function openLane(question: ForecastQuestion, account: ForecastAccount): Lane | Never {
  const { policy, now, communityId } = question;
  const nowMs = now.getTime();
  const pace = createPace(policy, { ...account, communityId }, now);
  const recoversMs = account.status === 'active' ? nowMs : (account.recoversAt?.getTime() ?? nowMs);
  const first = ownSlot(pace, Math.max(nowMs, recoversMs), 0);
  if (first.atMs === null) return first;
  const pausedMs = account.pausedUntil?.getTime() ?? nowMs;
  const slot =
    pausedMs > first.atMs ? { atMs: pausedMs, freeMs: pausedMs, because: 'pause' as const } : first;
  const isRecovering = recoversMs > nowMs && slot.atMs === recoversMs;
  const recovery = account.status === 'blocked' ? 'blocked' : 'cooling';
  return {
    pace,
    lookups: historyOf(account.lookups, nowMs),
    slot,
    insteadBecause: isRecovering ? recovery : undefined,
    waitsSinceMs: nowMs,
    invites: 0,
  };
}

/** When one more look-up may be made, as `nextLookup` has it. */
export function lookupRoom(
  policy: LimitPolicy,
  lookups: CallHistory,
  fromMs: number,
): { atMs: number | null; because: 'lookup_hour' | 'lookup_day' } {
  const { lookupsPerAccountHour, lookupsPerAccountDay } = policy;
  const hour = roomAfter(lookups, lookupsPerAccountHour, HOUR_MS, fromMs);
  const day = roomAfter(lookups, lookupsPerAccountDay, DAY_MS, fromMs);
  if (hour === null || day === null)
    return { atMs: null, because: hour === null ? 'lookup_hour' : 'lookup_day' };
  return { atMs: Math.max(hour, day), because: day > hour ? 'lookup_day' : 'lookup_hour' };
}

/** Makes the lane's invite at `atMs` and gives it its next slot; why there is none when that was its last. */
export function invite(lane: Lane, atMs: number, roll: number): NeverReason | undefined {
  recordCall(lane.pace, atMs);
  lane.waitsSinceMs = atMs;
  lane.invites += 1;
  lane.insteadBecause = undefined;
  const next = ownSlot(lane.pace, atMs, roll);
  if (next.atMs === null) return next.because;
  lane.slot = next;
  return undefined;
}

/** What the lane waits for, in the end, when the community has room from `roomMs` on. */
export const waitsFor = ({ slot, insteadBecause }: Lane, roomMs: number): BindingReason =>
  insteadBecause && slot.atMs >= roomMs ? insteadBecause : withCommunity(slot, roomMs).because;
