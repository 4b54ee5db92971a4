import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyPolicy } from '../testing/any-policy.ts';
import { type Arrival, brokenLimits } from '../testing/limit-oracle.ts';
import { type LedgerWindow, nextSlot } from './next-slot.ts';
import type { LimitPolicy } from './policy.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const origin = Date.UTC(2026, 0, 1);

type Call = {
  accountId: string;
  communityId: string;
  startedAt: number;
  countedAt: number | null;
  at: number;
};

const counts = [
  'invitesPerAccountHour',
  'invitesPerAccountDay',
  'invitesPerAccountCommunityDay',
  'invitesPerAccountCommunityLifetime',
  'invitesPerCommunityDay',
  'burstLength',
  'rampFirstDay',
  'rampDailyGain',
] as const;
const pauses = ['pauseMinSeconds', 'pauseMaxSeconds', 'burstPauseSeconds'] as const;
const limits = [...counts, ...pauses];
type Limit = (typeof limits)[number];

const stricter = (policy: LimitPolicy, key: Limit, by: number): LimitPolicy => {
  const isPause = (pauses as readonly string[]).includes(key);
  const lowest = key === 'burstLength' ? 1 : 0;
  return { ...policy, [key]: isPause ? policy[key] + by : Math.max(lowest, policy[key] - by) };
};

const steps = fc.array(
  fc.record({
    account: fc.constantFrom('a', 'b', 'c'),
    community: fc.constantFrom('x', 'y'),
    roll: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
    /** How far the clock moves by itself. */
    idleMs: fc.oneof(
      fc.constant(0),
      fc.integer({ min: 0, max: 20 * MINUTE }),
      fc.integer({ min: 0, max: DAY }),
    ),
    /** Whether the lane waits for the slot it was told. */
    waits: fc.boolean(),
    /** Where in its span an open call turns out to have arrived when it is settled. */
    arrival: fc.double({ min: 0, max: 1, noNaN: true }),
    /** Whether an open call is settled by now; else it stays unknown, as after a crash. */
    settles: fc.boolean(),
    /** How far the clock is set back before the step. */
    setBackMs: fc.oneof(
      { weight: 5, arbitrary: fc.constant(0) },
      { weight: 1, arbitrary: fc.integer({ min: 0, max: 2 * DAY }) },
    ),
    /** A limit that is lowered before the step. */
    lowers: fc.option(fc.constantFrom(...limits), { freq: 5 }),
  }),
  { minLength: 20, maxLength: 120 },
);

const moment = (ms: number | null) => (ms === null ? null : new Date(ms));

function windowOf(
  calls: readonly Call[],
  accountId: string,
  communityId: string,
  connectedAt: number,
): LedgerWindow {
  const own = calls.filter((call) => call.accountId === accountId);
  const asLedger = (call: Call) => ({
    communityId: call.communityId,
    startedAt: new Date(call.startedAt),
    countedAt: moment(call.countedAt),
  });
  return {
    connectedAt: new Date(connectedAt),
    peerFloods: [],
    communityId,
    attempts: own.map(asLedger),
    communityAttempts: calls.filter((call) => call.communityId === communityId).map(asLedger),
    lifetimeInCommunity: own.filter((call) => call.communityId === communityId).length,
  };
}

/**
 * Every step reads the clock anew. One that is set forward cannot be told from time that has passed; one that is set back
 * makes every call of the past look newer, which is the safe side.
 */
it('never lets a limit be exceeded, wherever in their spans the calls arrived, also by calls that stay unknown, clocks that are set back and limits that are lowered', () => {
  fc.assert(
    fc.property(anyPolicy, steps, fc.integer({ min: 0, max: 8 }), (ceilings, walk, ageDays) => {
      const connectedAt = new Map(['a', 'b', 'c'].map((id, index) => [id, origin - ageDays * index * DAY]));
      const calls: (Call & { sentAt: number })[] = [];
      let policy = ceilings;
      let now = origin;
      let behind = 0;
      for (const step of walk) {
        now += step.idleMs;
        behind += step.setBackMs;
        if (step.lowers) policy = stricter(policy, step.lowers, 1);
        const open = calls.find((call) => call.accountId === step.account && call.countedAt === null);
        if (open && step.settles) {
          open.countedAt = now - behind;
          open.at = Math.round(open.sentAt + step.arrival * (now - open.sentAt));
          continue;
        }
        const slotAt = (roll: number) => {
          const connected = connectedAt.get(step.account) ?? 0;
          const window = windowOf(calls, step.account, step.community, connected);
          return nextSlot(policy, window, new Date(now - behind), roll).at?.getTime();
        };
        const told = slotAt(step.roll);
        if (step.waits && told !== undefined) now = Math.max(now, told + behind);
        const slot = slotAt(0);
        if (slot === undefined || slot > now - behind) continue;
        calls.push({
          accountId: step.account,
          communityId: step.community,
          startedAt: now - behind,
          countedAt: null,
          at: now,
          sentAt: now,
        });
      }
      const arrivals: Arrival[] = calls.map(({ accountId, communityId, at }) => ({
        accountId,
        communityId,
        at,
      }));
      expect(brokenLimits(ceilings, connectedAt, arrivals)).toEqual([]);
    }),
    { numRuns: 300 },
  );
});

/** A lawful past of one account whose calls arrived the moment they were made. */
const histories = fc
  .tuple(anyPolicy, steps, fc.integer({ min: 0, max: 8 }))
  .map(([policy, walk, ageDays]) => {
    const connectedAt = origin - ageDays * DAY;
    const calls: Call[] = [];
    let now = origin;
    for (const step of walk) {
      now += step.idleMs;
      const told = nextSlot(policy, windowOf(calls, 'a', step.community, connectedAt), new Date(now), 0);
      if (!told.at) continue;
      if (step.waits) now = Math.max(now, told.at.getTime());
      if (told.at.getTime() > now) continue;
      calls.push({ accountId: 'a', communityId: step.community, startedAt: now, countedAt: now, at: now });
    }
    return { policy, calls, connectedAt, now };
  });

it('is the earliest lawful moment', () => {
  fc.assert(
    fc.property(histories, fc.constantFrom('x', 'y'), ({ policy, calls, connectedAt, now }, communityId) => {
      const slot = nextSlot(policy, windowOf(calls, 'a', communityId, connectedAt), new Date(now), 0);
      const invitedAt = (at: number): Arrival[] => [...calls, { accountId: 'a', communityId, at }];
      const connected = new Map([['a', connectedAt]]);
      if (!slot.at) {
        expect(brokenLimits(policy, connected, invitedAt(now + 1000 * DAY))).toContain(slot.because);
        return;
      }
      expect(brokenLimits(policy, connected, invitedAt(slot.at.getTime()))).toEqual([]);
      if (slot.at.getTime() === now) return;
      expect(brokenLimits(policy, connected, invitedAt(slot.at.getTime() - 1))).toContain(slot.because);
    }),
    { numRuns: 200 },
  );
});

it('never moves closer when a limit gets stricter', () => {
  const roll = fc.double({ min: 0, max: 1, noNaN: true });
  fc.assert(
    fc.property(histories, fc.constantFrom(...limits), fc.nat({ max: 600 }), roll, (past, key, by, r) => {
      const { policy, calls, connectedAt, now } = past;
      const window = windowOf(calls, 'a', 'x', connectedAt);
      const at = (limits: LimitPolicy) =>
        nextSlot(limits, window, new Date(now), r).at?.getTime() ?? Number.POSITIVE_INFINITY;
      expect(at(stricter(policy, key, by))).toBeGreaterThanOrEqual(at(policy));
    }),
    { numRuns: 200 },
  );
});
