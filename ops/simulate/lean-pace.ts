import { DAY_MS, HOUR_MS, SECOND_MS } from '#core/duration.ts';
import type { LimitPolicy } from '#core/pacing/policy.ts';
import { createRings } from './ring.ts';

/**
 * The pace of many accounts in bounded memory, for accounts without PEER_FLOOD whose calls are answered at once. Equal
 * to core's `ownSlot` and so to `nextSlot`; a property proves it.
 */
export type LeanPace = {
  /** The account's own part of its slot at `nowMs`, in milliseconds; Infinity when no moment ever is lawful. */
  ownSlotMs(account: number, nowMs: number, roll: number): number;
  /** One more invite into the account's community, no earlier than any before it. */
  record(account: number, atMs: number): void;
  /** The account goes on to a community it has never invited into. */
  enterCommunity(account: number): void;
};

export function createLeanPace(policy: LimitPolicy, connectedAtMs: readonly number[]): LeanPace {
  const { invitesPerAccountHour, invitesPerAccountDay, invitesPerAccountCommunityDay, burstLength } = policy;
  const { rampFirstDay, rampDailyGain, pauseMinSeconds, pauseMaxSeconds } = policy;
  const lifetimeLimit = policy.invitesPerAccountCommunityLifetime;
  const burstPauseMs = policy.burstPauseSeconds * SECOND_MS;
  const pauseMinMs = pauseMinSeconds * SECOND_MS;
  const pauseSpreadMs = (pauseMaxSeconds - pauseMinSeconds) * SECOND_MS;
  const lastRampDay =
    rampDailyGain === 0 ? 0 : Math.max(0, Math.ceil((invitesPerAccountDay - rampFirstDay) / rampDailyGain));
  const own = createRings(
    connectedAtMs.length,
    Math.max(1, invitesPerAccountHour, invitesPerAccountDay, burstLength),
  );
  const ownHere = createRings(connectedAtMs.length, Math.max(1, invitesPerAccountCommunityDay));
  const lifetimes = new Int32Array(connectedAtMs.length);

  /** A burst is over where two of its calls lie a burst's pause apart. */
  const burstEndMs = (account: number): number => {
    if (own.at(account, burstLength) === Number.NEGATIVE_INFINITY) return Number.NEGATIVE_INFINITY;
    for (let back = 1; back < burstLength; back += 1) {
      if (own.at(account, back) - own.at(account, back + 1) >= burstPauseMs) return Number.NEGATIVE_INFINITY;
    }
    return own.at(account, 1) + burstPauseMs;
  };

  /** Where a day of the ramp allows as many as the plain day's limit, that limit is left to judge. */
  const rampMs = (account: number, fromMs: number): number => {
    const connectedMs = connectedAtMs[account] ?? 0;
    const age = Math.max(0, Math.floor((fromMs - connectedMs) / DAY_MS));
    if (
      fromMs - connectedMs >= lastRampDay * DAY_MS &&
      rampFirstDay + lastRampDay * rampDailyGain >= invitesPerAccountDay
    )
      return fromMs;
    let soonest = Number.POSITIVE_INFINITY;
    for (let day = Math.min(age, lastRampDay); day <= lastRampDay; day += 1) {
      const dayStart = Math.max(fromMs, connectedMs + day * DAY_MS);
      if (dayStart >= soonest) return soonest;
      const limit = rampFirstDay + day * rampDailyGain;
      const room =
        limit >= invitesPerAccountDay ? dayStart : roomMs(own.at(account, limit), limit, DAY_MS, dayStart);
      soonest = Math.min(soonest, room);
    }
    return soonest;
  };

  return {
    ownSlotMs(account, nowMs, roll) {
      if ((lifetimes[account] ?? 0) >= lifetimeLimit) return Number.POSITIVE_INFINITY;
      const mustLeave = ownHere.at(account, invitesPerAccountCommunityDay);
      return Math.max(
        own.at(account, 1) + pauseMinMs + Math.round(roll * pauseSpreadMs),
        burstEndMs(account),
        roomMs(own.at(account, invitesPerAccountHour), invitesPerAccountHour, HOUR_MS, nowMs),
        roomMs(own.at(account, invitesPerAccountDay), invitesPerAccountDay, DAY_MS, nowMs),
        rampMs(account, nowMs),
        roomMs(mustLeave, invitesPerAccountCommunityDay, DAY_MS, nowMs),
      );
    },
    record(account, atMs) {
      own.push(account, atMs);
      ownHere.push(account, atMs);
      lifetimes[account] = (lifetimes[account] ?? 0) + 1;
    },
    enterCommunity(account) {
      ownHere.clear(account);
      lifetimes[account] = 0;
    },
  };
}

/** As core's `roomAfter`, of a history whose `limit`-th newest call is `mustLeave`; Infinity when the limit is zero. */
export const roomMs = (mustLeave: number, limit: number, windowMs: number, fromMs: number): number =>
  limit <= 0 ? Number.POSITIVE_INFINITY : Math.max(fromMs, mustLeave + windowMs + 1);
