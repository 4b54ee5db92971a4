import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, later, MINUTE_MS } from '../duration.ts';
import { defaultPolicy } from '../pacing/policy.ts';
import type { ForecastAccount, ForecastQuestion } from './forecast.ts';
import { runForecast } from './run-forecast.ts';
import type { TargetGroup } from './target-pool.ts';

const now = new Date('2026-03-10T12:00:00Z');

const account = (changes: Partial<ForecastAccount> = {}): ForecastAccount => ({
  accountId: 'a',
  status: 'active',
  recoversAt: null,
  connectedAt: later(now, -60 * DAY_MS),
  peerFloods: [],
  attempts: [],
  lifetimeInCommunity: 0,
  lookups: [],
  pausedUntil: null,
  ...changes,
});
const crowd = (count: number, changes: Partial<ForecastAccount> = {}) =>
  Array.from({ length: count }, (_, n) => account({ accountId: `a${n}`, ...changes }));

const named = (count: number, changes: Partial<TargetGroup> = {}): TargetGroup => ({
  count,
  reachedBy: [],
  canBeLookedUp: true,
  notBefore: null,
  ...changes,
});

const forecast = (changes: Partial<ForecastQuestion>) =>
  runForecast({
    policy: defaultPolicy,
    now,
    communityId: 'x',
    accounts: [account()],
    communityAttempts: [],
    targets: [named(1)],
    roll: () => 0.5,
    ...changes,
  });

describe('a forecast', () => {
  it('has two invites an hour of one account', () => {
    const { finishesAt, binding, invites, remaining } = forecast({ targets: [named(5)] });
    expect(finishesAt).toEqual(later(now, 2 * HOUR_MS + 2));
    expect([invites, remaining]).toEqual([5, 0]);
    expect(binding?.because).toBe('hour');
  });

  it('counts the invites of each day and each account', () => {
    const { perDay, accounts } = forecast({ accounts: crowd(2), targets: [named(70)] });
    // Fifteen a day and account into one community.
    expect(perDay).toEqual([30, 30, 10]);
    expect(accounts).toEqual([
      { accountId: 'a0', invites: 35 },
      { accountId: 'a1', invites: 35 },
    ]);
  });

  it('says that new accounts begin gently', () => {
    const { perDay, binding } = forecast({
      accounts: [account({ connectedAt: now })],
      targets: [named(30)],
    });
    expect(perDay).toEqual([5, 10, 15]);
    expect(binding?.because).toBe('ramp');
  });

  it('is bound by the community when it has more accounts than the community bears', () => {
    const { perDay, binding } = forecast({ accounts: crowd(50), targets: [named(1000)] });
    expect(perDay).toEqual([200, 200, 200, 200, 200]);
    expect(binding?.because).toBe('community_all_day');
    expect(binding?.share).toBeGreaterThan(0.5);
  });

  it('begins when the account has recovered, at half speed after a spam warning', () => {
    const recoversAt = later(now, 5 * HOUR_MS);
    const cooling = forecast({ accounts: [account({ status: 'cooling', recoversAt })] });
    expect(cooling.finishesAt).toEqual(recoversAt);
    expect(cooling.binding).toEqual({ because: 'cooling', share: 1 });

    const warned = account({ status: 'blocked', recoversAt: later(now, DAY_MS), peerFloods: [now] });
    expect(forecast({ accounts: [warned], targets: [named(3)] }).finishesAt).toEqual(
      later(now, DAY_MS + 2 * HOUR_MS + 2),
    );
  });

  it('begins when the pause is over that was drawn already', () => {
    const pausedUntil = later(now, 7 * MINUTE_MS);
    expect(forecast({ accounts: [account({ pausedUntil })] }).finishesAt).toEqual(pausedUntil);
  });

  it('gives an account only the people it reaches', () => {
    const own = (count: number, ...reachedBy: number[]) => named(count, { reachedBy, canBeLookedUp: false });
    const { accounts, finishesAt } = forecast({ accounts: crowd(2), targets: [own(4, 0), own(1, 0, 1)] });
    expect(accounts.map(({ invites }) => invites)).toEqual([4, 1]);
    expect(finishesAt).toEqual(later(now, HOUR_MS + 12.5 * MINUTE_MS + 1));
  });

  it('waits for look-ups where only the username is known', () => {
    const lookups = Array.from({ length: 40 }, (_, n) => {
      const at = later(now, -2 * HOUR_MS - n * MINUTE_MS);
      return { startedAt: at, countedAt: at };
    });
    const { finishesAt, binding } = forecast({ accounts: [account({ lookups })] });
    expect(finishesAt).toEqual(later(now, 22 * HOUR_MS - 39 * MINUTE_MS + 1));
    expect(binding).toEqual({ because: 'lookup_day', share: 1 });
    const referred = [named(1, { reachedBy: [0] })];
    expect(forecast({ accounts: [account({ lookups })], targets: referred }).finishesAt).toEqual(now);
  });

  it('waits for people who may be tried later, but not for longer than a campaign does', () => {
    const soon = named(1, { notBefore: later(now, DAY_MS) });
    expect(forecast({ targets: [soon] })).toMatchObject({ finishesAt: later(now, DAY_MS), remaining: 0 });
    const late = named(2, { notBefore: later(now, 30 * DAY_MS) });
    expect(forecast({ targets: [named(1), late] })).toMatchObject({ finishesAt: now, remaining: 2 });
  });

  it('is over at once without anybody to invite', () => {
    expect(forecast({ targets: [] })).toMatchObject({
      finishesAt: now,
      never: null,
      invites: 0,
      binding: null,
    });
  });

  it('leaves people out of reach behind, as the campaign will', () => {
    const lost = named(3, { canBeLookedUp: false });
    expect(forecast({ targets: [named(1), lost] })).toMatchObject({ finishesAt: now, remaining: 3 });
  });
});

describe('a forecast that never ends', () => {
  it('says that no account is left that may invite', () => {
    const gone = [account({ status: 'banned' }), account({ status: 'blocked' })];
    expect(forecast({ accounts: gone })).toMatchObject({
      finishesAt: null,
      never: 'no_inviting_account',
      remaining: 1,
    });
  });

  it('says that every account has used up what it may invite in a lifetime', () => {
    const { never, invites, remaining } = forecast({
      accounts: crowd(2, { lifetimeInCommunity: 195 }),
      targets: [named(30)],
    });
    expect({ never, invites, remaining }).toEqual({
      never: 'community_lifetime',
      invites: 10,
      remaining: 20,
    });
  });

  it.each([
    ['invitesPerAccountDay', 'day'],
    ['invitesPerCommunityDay', 'community_all_day'],
    ['lookupsPerAccountHour', 'lookup_hour'],
  ] as const)('names the limit that is zero: %s', (key, never) => {
    expect(forecast({ policy: { ...defaultPolicy, [key]: 0 } })).toMatchObject({ finishesAt: null, never });
  });

  it('looks no further than two years ahead', () => {
    const accounts = crowd(200);
    const { never, perDay, remaining } = forecast({
      policy: { ...defaultPolicy, invitesPerCommunityDay: 2 },
      accounts,
      targets: [named(2000)],
    });
    expect([never, perDay.length]).toEqual(['horizon', 730]);
    expect(remaining).toBe(2000 - 2 * 730);
  });
});
