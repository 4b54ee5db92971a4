import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reactToFailure } from '../account/reaction.ts';
import { defaultPolicy } from '../pacing/policy.ts';
import { CATALOGUED_ERRORS } from '../telegram/error-catalogue.ts';
import { BLOCKED_US, BREAKERS, breakersTouchedBy, judgeBreaker, PRIVACY_REFUSALS } from './breaker.ts';

const touchedBy = (error: string, kind: 'rpc' | 'unknown' | 'timeout' | 'disconnected' = 'rpc') =>
  breakersTouchedBy(
    reactToFailure({ kind, error }, new Date(0), defaultPolicy, { peerFloods: [], sameFailures: 0 }),
  );

describe('a breaker', () => {
  it.each([
    ['peer_floods', 1, 2, null],
    ['departures', 2, 3, 50],
    ['privacy_refusals', 30, 31, 50],
    ['unknown_errors', 9, 10, null],
  ] as const)('of %s stays closed at %i and opens at %i', (kind, allowed, counted, sample) => {
    expect(judgeBreaker(defaultPolicy, kind, allowed)).toBeUndefined();
    expect(judgeBreaker(defaultPolicy, kind, counted)).toEqual({ counted, sample, allowed });
  });

  it('never opens later under a stricter policy', () => {
    const stricter = fc.record({
      breakerPeerFloodAccounts: fc.integer({ min: 1, max: 2 }),
      breakerDeparturesPercent: fc.integer({ min: 0, max: 5 }),
      breakerPrivacyPercent: fc.integer({ min: 0, max: 60 }),
      breakerUnknownErrors: fc.integer({ min: 1, max: 10 }),
    });
    fc.assert(
      fc.property(stricter, fc.constantFrom(...BREAKERS), fc.nat(60), (fields, kind, counted) => {
        const isOpen = judgeBreaker(defaultPolicy, kind, counted) !== undefined;
        if (isOpen) expect(judgeBreaker({ ...defaultPolicy, ...fields }, kind, counted)).toBeDefined();
      }),
    );
  });
});

describe('the end of an attempt', () => {
  it('touches the breaker of what it says', () => {
    expect(touchedBy('PEER_FLOOD')).toEqual(['peer_floods']);
    expect(touchedBy('USER_PRIVACY_RESTRICTED')).toEqual(['privacy_refusals']);
    expect(touchedBy('USER_IS_BLOCKED')).toEqual(['departures']);
    expect(touchedBy('NEVER_SEEN_BEFORE')).toEqual(['unknown_errors']);
    expect(touchedBy('SOMETHING_INSIDE', 'unknown')).toEqual(['unknown_errors']);
  });

  it('touches none when the network lost the answer, or when all is well', () => {
    expect(touchedBy('TIMEOUT', 'timeout')).toEqual([]);
    expect(touchedBy('DISCONNECTED', 'disconnected')).toEqual([]);
    expect(breakersTouchedBy({ reason: null })).toEqual([]);
    expect(touchedBy('FLOOD_WAIT')).toEqual([]);
  });

  it('is named as Telegram names it', () => {
    for (const reason of [...PRIVACY_REFUSALS, ...BLOCKED_US]) expect(CATALOGUED_ERRORS).toContain(reason);
  });
});
