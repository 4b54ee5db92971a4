import { describe, expect, it } from 'vitest';
import { later, SECOND_MS } from '../duration.ts';
import { peerFloodBlockEnd, probationEnd } from './peer-flood.ts';
import { defaultPolicy, halved, limitPolicySchema } from './policy.ts';

describe('a limit policy', () => {
  it('may ask for less', () => {
    expect(limitPolicySchema.parse({ invitesPerAccountDay: 10 }).invitesPerAccountDay).toBe(10);
    expect(limitPolicySchema.parse({ pauseMinSeconds: 700 }).pauseMinSeconds).toBe(700);
  });

  it('may never ask for more', () => {
    for (const [key, ceiling] of Object.entries(defaultPolicy)) {
      const isFloor = key.endsWith('Seconds');
      expect(limitPolicySchema.safeParse({ [key]: isFloor ? ceiling - 1 : ceiling + 1 }).success, key).toBe(
        false,
      );
    }
  });

  it('has a shortest pause that is not above the longest', () => {
    expect(limitPolicySchema.safeParse({ pauseMinSeconds: 901 }).success).toBe(false);
  });

  it('is halved on probation, and one invite stays one', () => {
    expect(halved(defaultPolicy)).toMatchObject({
      invitesPerAccountHour: 1,
      invitesPerAccountDay: 15,
      invitesPerAccountCommunityDay: 7,
    });
    expect(halved(halved(defaultPolicy)).invitesPerAccountHour).toBe(1);
    expect(halved({ ...defaultPolicy, invitesPerAccountHour: 0 }).invitesPerAccountHour).toBe(0);
  });
});

describe('a PEER_FLOOD block', () => {
  const at = new Date('2026-03-10T12:00:00Z');
  const day = 86_400 * SECOND_MS;

  it('lasts a day', () => {
    expect(peerFloodBlockEnd(defaultPolicy, [], at)).toEqual(later(at, day));
    expect(peerFloodBlockEnd(defaultPolicy, [later(at, -31 * day)], at)).toEqual(later(at, day));
  });

  it('lasts seven days when it comes again within thirty', () => {
    expect(peerFloodBlockEnd(defaultPolicy, [later(at, -29 * day), at], at)).toEqual(later(at, 7 * day));
  });

  it('is followed by a day of probation', () => {
    expect(probationEnd(defaultPolicy, [])).toBeUndefined();
    expect(probationEnd(defaultPolicy, [at])).toEqual(later(at, 2 * day));
    expect(probationEnd(defaultPolicy, [at, later(at, -2 * day)])).toEqual(later(at, 8 * day));
  });

  it('is followed by a day of probation from the moment a person has resumed the account', () => {
    const repeated = [at, later(at, -2 * day)];
    expect(probationEnd(defaultPolicy, repeated, later(at, 20 * day))).toEqual(later(at, 21 * day));
    expect(probationEnd(defaultPolicy, repeated, later(at, -10 * day))).toEqual(later(at, 8 * day));
  });
});
