import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, later, MINUTE_MS, SECOND_MS } from '../duration.ts';
import { type LedgerWindow, nextSlot } from './next-slot.ts';
import { defaultPolicy } from './policy.ts';

const now = new Date('2026-03-10T12:00:00Z');
const ago = (ms: number): Date => later(now, -ms);

const invite = (startedMsAgo: number, countedMsAgo: number | null = startedMsAgo, communityId = 'x') => ({
  communityId,
  startedAt: ago(startedMsAgo),
  countedAt: countedMsAgo === null ? null : ago(countedMsAgo),
});

const windowWith = (changes: Partial<LedgerWindow>): LedgerWindow => ({
  connectedAt: ago(60 * DAY_MS),
  peerFloods: [],
  communityId: 'x',
  attempts: [],
  communityAttempts: [],
  lifetimeInCommunity: 0,
  ...changes,
});

/** So many invites, one every 70 minutes, the last one an hour and ten minutes ago. */
const spread = (count: number, communityId = 'x') =>
  Array.from({ length: count }, (_, index) => invite((index + 1) * 70 * MINUTE_MS, undefined, communityId));

const slotOf = (changes: Partial<LedgerWindow>, roll = 0) =>
  nextSlot(defaultPolicy, windowWith(changes), now, roll);

describe('the next slot', () => {
  it('is now for an account that did nothing', () => {
    expect(slotOf({})).toEqual({ at: now, because: 'now' });
  });

  it('is drawn between 600 and 900 seconds after the last call can have arrived', () => {
    const attempts = [invite(60 * SECOND_MS, 30 * SECOND_MS)];
    expect(slotOf({ attempts }, 0)).toEqual({ at: later(now, 570 * SECOND_MS), because: 'pause' });
    expect(slotOf({ attempts }, 0.5)).toEqual({ at: later(now, 720 * SECOND_MS), because: 'pause' });
    expect(slotOf({ attempts }, 1)).toEqual({ at: later(now, 870 * SECOND_MS), because: 'pause' });
  });

  it('measures from now while a call is still under way', () => {
    const slot = slotOf({ attempts: [invite(2 * HOUR_MS, null)] });
    expect(slot).toEqual({ at: later(now, 600 * SECOND_MS), because: 'pause' });
  });

  it('waits for the hour after two invites in it, both ends of the window counting', () => {
    const attempts = [invite(50 * MINUTE_MS), invite(20 * MINUTE_MS)];
    expect(slotOf({ attempts })).toEqual({ at: later(now, 10 * MINUTE_MS + 1), because: 'hour' });
  });

  it('rests 900 seconds after three invites in a row, where the hour allows them', () => {
    const attempts = [invite(22 * MINUTE_MS), invite(12 * MINUTE_MS), invite(MINUTE_MS)];
    const policy = { ...defaultPolicy, invitesPerAccountHour: 10 };
    const slot = nextSlot(policy, windowWith({ attempts }), now, 0);
    expect(slot).toEqual({ at: later(now, 14 * MINUTE_MS), because: 'burst' });
  });

  it('takes invites for a burst that may have arrived in a row, however long their spans', () => {
    const attempts = [
      invite(60 * MINUTE_MS, 40 * MINUTE_MS),
      invite(29 * MINUTE_MS, 20 * MINUTE_MS),
      invite(6 * MINUTE_MS, MINUTE_MS),
    ];
    const policy = { ...defaultPolicy, invitesPerAccountHour: 10 };
    expect(nextSlot(policy, windowWith({ attempts }), now, 0).because).toBe('burst');
  });

  it('does not take invites for a burst that stood 900 seconds apart', () => {
    const attempts = [invite(32 * MINUTE_MS), invite(17 * MINUTE_MS), invite(MINUTE_MS)];
    const policy = { ...defaultPolicy, invitesPerAccountHour: 10 };
    expect(nextSlot(policy, windowWith({ attempts }), now, 0).because).toBe('pause');
  });

  it('waits for the day after 30 invites', () => {
    const attempts = Array.from({ length: 30 }, (_, i) =>
      invite((i + 2) * 40 * MINUTE_MS, undefined, `c${i}`),
    );
    expect(slotOf({ attempts })).toEqual({ at: later(ago(31 * 40 * MINUTE_MS), DAY_MS + 1), because: 'day' });
  });

  it('waits for the day of the community after 15 invites into it, and only there', () => {
    const attempts = spread(15);
    const slot = slotOf({ attempts, communityAttempts: attempts });
    expect(slot).toEqual({ at: later(ago(15 * 70 * MINUTE_MS), DAY_MS + 1), because: 'community_day' });
    expect(slotOf({ attempts, communityId: 'y' }).because).toBe('now');
  });

  it('waits for the community after 200 invites into it by everybody', () => {
    const communityAttempts = Array.from({ length: 200 }, (_, i) => ({
      countedAt: ago(HOUR_MS + i * MINUTE_MS),
    }));
    const slot = slotOf({ communityAttempts });
    expect(slot).toEqual({
      at: later(ago(HOUR_MS + 199 * MINUTE_MS), DAY_MS + 1),
      because: 'community_all_day',
    });
  });

  it('never comes after 200 invites of the account into the community', () => {
    expect(slotOf({ lifetimeInCommunity: 200 })).toEqual({ at: null, because: 'community_lifetime' });
    expect(slotOf({ lifetimeInCommunity: 199 }).because).toBe('now');
  });

  it.each([
    [0, 5],
    [1, 10],
    [2, 15],
    [3, 20],
    [4, 25],
  ])('lets an account connected %d full days ago make %d invites a day', (days, allowance) => {
    const connectedAt = ago(days * DAY_MS + 12 * HOUR_MS);
    const attempts = Array.from({ length: allowance }, (_, i) =>
      invite((i + 2) * 45 * MINUTE_MS, undefined, `c${i}`),
    );
    expect(slotOf({ connectedAt, attempts: attempts.slice(1) }).because).toBe('now');
    const slot = slotOf({ connectedAt, attempts });
    expect(slot.because).toBe('ramp');
    const msToFreeWindow = DAY_MS + 1 - (allowance + 1) * 45 * MINUTE_MS;
    const msToNextDay = 12 * HOUR_MS;
    expect(slot.at).toEqual(later(now, Math.min(msToFreeWindow, msToNextDay)));
  });

  it('names the day, not the ramp, once the ramp is over', () => {
    const attempts = Array.from({ length: 30 }, (_, i) =>
      invite((i + 2) * 40 * MINUTE_MS, undefined, `c${i}`),
    );
    expect(slotOf({ attempts, connectedAt: ago(5 * DAY_MS) }).because).toBe('day');
  });

  it('keeps to half limits on the first day after a PEER_FLOOD block', () => {
    const attempts = [invite(20 * MINUTE_MS)];
    const onProbation = slotOf({ attempts, peerFloods: [ago(25 * HOUR_MS)] });
    expect(onProbation).toEqual({ at: later(now, 40 * MINUTE_MS + 1), because: 'probation' });
    expect(slotOf({ attempts, peerFloods: [ago(49 * HOUR_MS)] }).because).toBe('now');
  });

  it('comes no later than the end of the probation demands', () => {
    const peerFloods = [ago(48 * HOUR_MS - 15 * MINUTE_MS)];
    const slot = slotOf({ attempts: [invite(20 * MINUTE_MS)], peerFloods });
    expect(slot).toEqual({ at: later(now, 15 * MINUTE_MS), because: 'probation' });
  });

  it('is never for a policy that allows nothing', () => {
    const policy = { ...defaultPolicy, invitesPerAccountDay: 0 };
    expect(nextSlot(policy, windowWith({}), now, 0)).toEqual({ at: null, because: 'day' });
  });
});
