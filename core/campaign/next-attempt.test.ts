import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, later, MINUTE_MS, SECOND_MS } from '../duration.ts';
import { defaultPolicy } from '../pacing/policy.ts';
import { type Candidate, decideNextAttempt, type LaneView } from './next-attempt.ts';

const now = new Date('2026-03-10T12:00:00Z');

const candidate = (changes: Partial<Candidate> = {}): Candidate => ({
  targetId: 'target-1',
  personId: 'person-1',
  reach: { kind: 'full' },
  basis: 'opted_in',
  isSuppressed: false,
  isMember: false,
  wasTried: false,
  refusesDirectAdd: false,
  isBot: false,
  isDeleted: false,
  ...changes,
});

const view = (changes: Partial<LaneView> = {}): LaneView => ({
  policy: defaultPolicy,
  account: { status: 'active', recoversAt: null },
  campaignStatus: 'running',
  isCollectedAcknowledged: false,
  window: {
    connectedAt: later(now, -60 * DAY_MS),
    peerFloods: [],
    communityId: 'x',
    attempts: [],
    communityAttempts: [],
    lifetimeInCommunity: 0,
  },
  lookups: [],
  candidates: [candidate()],
  nextTargetAt: null,
  ...changes,
});

const call = (msAgo: number) => ({
  communityId: 'x',
  startedAt: later(now, -msAgo),
  countedAt: later(now, -msAgo),
});
const windowWith = (attempts: LaneView['window']['attempts']): LaneView['window'] => ({
  ...view().window,
  attempts,
  communityAttempts: attempts,
  lifetimeInCommunity: attempts.length,
});
const decide = (changes: Partial<LaneView> = {}, roll = 0) => decideNextAttempt(view(changes), now, roll);

describe('a lane', () => {
  it('attempts the first candidate and says where the next slot stands meanwhile', () => {
    expect(decide({}, 0.5)).toEqual({
      kind: 'attempt',
      targetId: 'target-1',
      personId: 'person-1',
      thereafter: { at: later(now, 750 * SECOND_MS), because: 'pause' },
    });
  });

  it('expects nothing after the last invite of a lifetime', () => {
    const window = { ...windowWith([]), lifetimeInCommunity: 199 };
    expect(decide({ window })).toMatchObject({ thereafter: { at: null, because: 'community_lifetime' } });
  });

  it('takes a person known from a message as they are', () => {
    expect(decide({ candidates: [candidate({ reach: { kind: 'from_message' } })] }).kind).toBe('attempt');
  });

  it('waits for the rule that binds', () => {
    const window = windowWith([call(50 * MINUTE_MS), call(20 * MINUTE_MS)]);
    expect(decide({ window })).toEqual({
      kind: 'wait',
      until: later(now, 10 * MINUTE_MS + 1),
      because: 'hour',
    });
  });

  it('makes no second call while one is under way, however old', () => {
    const open = { communityId: 'x', startedAt: later(now, -3 * DAY_MS), countedAt: null };
    expect(decide({ window: windowWith([open]) })).toMatchObject({ kind: 'wait', because: 'under_way' });
  });

  it('stops when the account has made all its invites into the community', () => {
    const window = { ...windowWith([]), lifetimeInCommunity: 200 };
    expect(decide({ window })).toEqual({ kind: 'stop', because: 'community_lifetime' });
  });

  it.each(['cooling', 'blocked'] as const)(
    'waits while its account is %s and works when that is over',
    (status) => {
      const until = later(now, HOUR_MS);
      expect(decide({ account: { status, recoversAt: until } })).toEqual({
        kind: 'wait',
        until,
        because: status,
      });
      expect(decide({ account: { status, recoversAt: now } }).kind).toBe('attempt');
    },
  );

  it.each(['frozen', 'signed_out', 'banned', 'disabled', 'blocked'] as const)(
    'stops while its account is %s without an end',
    (status) => {
      const stop = { kind: 'stop', because: 'account' };
      expect(decide({ account: { status, recoversAt: null } })).toEqual(stop);
    },
  );

  it.each(['draft', 'paused', 'finished', 'cancelled'] as const)(
    'stops while the campaign is %s',
    (campaignStatus) => {
      expect(decide({ campaignStatus })).toEqual({ kind: 'stop', because: 'campaign' });
    },
  );

  it('stops without targets, and waits for those that may be tried later', () => {
    expect(decide({ candidates: [] })).toEqual({ kind: 'stop', because: 'no_targets' });
    const nextTargetAt = later(now, DAY_MS);
    expect(decide({ candidates: [], nextTargetAt })).toEqual({
      kind: 'wait',
      until: nextTargetAt,
      because: 'target_later',
    });
  });
});

describe('a candidate', () => {
  const skipOf = (changes: Partial<Candidate>) => decide({ candidates: [candidate(changes)] });

  it.each<[Partial<Candidate>, string, string]>([
    [{ isSuppressed: true }, 'suppressed', 'suppressed'],
    [{ isMember: true }, 'already_member', 'already_member'],
    [{ wasTried: true }, 'refused', 'tried_before'],
    [{ refusesDirectAdd: true }, 'refused', 'refuses_direct_add'],
    [{ isBot: true }, 'refused', 'is_bot'],
    [{ isDeleted: true }, 'unreachable', 'is_deleted'],
    [{ basis: 'collected' }, 'refused', 'collected_not_acknowledged'],
    [{ reach: { kind: 'none' } }, 'unreachable', 'unreachable'],
  ])('with %o ends visibly as %s because %s', (changes, status, reason) => {
    expect(skipOf(changes)).toEqual({ kind: 'skip', targetId: 'target-1', status, reason });
  });

  it('ends as suppressed whatever else is true of them', () => {
    const changes = { isSuppressed: true, isMember: true, wasTried: true, isBot: true };
    expect(skipOf(changes)).toMatchObject({ status: 'suppressed' });
  });

  it('who was collected may be invited once that is acknowledged', () => {
    const decision = decide({
      candidates: [candidate({ basis: 'collected' })],
      isCollectedAcknowledged: true,
    });
    expect(decision.kind).toBe('attempt');
  });
});

describe('a username', () => {
  const named = candidate({
    targetId: 'target-2',
    personId: 'person-2',
    reach: { kind: 'username', username: 'ann' },
  });
  const usedUp = [50, 40, 30, 20, 10].map((minutes) => call(minutes * MINUTE_MS));

  it('is looked up before the person is invited', () => {
    expect(decide({ candidates: [named, candidate()] })).toEqual({
      kind: 'look_up',
      targetId: 'target-2',
      personId: 'person-2',
      by: { kind: 'username', username: 'ann' },
    });
  });

  it('and a number count within one limit', () => {
    const by = { kind: 'phone', phone: '+79991234567' } as const;
    const numbered = candidate({ reach: by });
    expect(decide({ candidates: [numbered] })).toMatchObject({ kind: 'look_up', by });
    expect(decide({ candidates: [numbered], lookups: usedUp })).toMatchObject({
      kind: 'wait',
      because: 'lookup_hour',
    });
  });

  it('waits for its own limit while others with a reference go first', () => {
    expect(decide({ candidates: [named, candidate()], lookups: usedUp })).toMatchObject({
      kind: 'attempt',
      targetId: 'target-1',
    });
    expect(decide({ candidates: [named], lookups: usedUp })).toEqual({
      kind: 'wait',
      until: later(now, 10 * MINUTE_MS + 1),
      because: 'lookup_hour',
    });
  });

  it('is not looked up before an invite could follow', () => {
    const window = windowWith([call(MINUTE_MS)]);
    expect(decide({ candidates: [named], window })).toMatchObject({ kind: 'wait', because: 'pause' });
  });
});
