import { describe, expect, it } from 'vitest';
import { isFinished, longWaitFrom } from './completion.ts';
import { settleByMembership, settleByStanding } from './reconcile.ts';

describe('a campaign is finished', () => {
  it('when nobody is open but those who wait for more than a week', () => {
    expect(isFinished({ pending: 0, attempting: 0, waitingSoon: 0 })).toBe(true);
    expect(longWaitFrom(new Date('2026-03-10T12:00:00Z'))).toEqual(new Date('2026-03-17T12:00:00Z'));
  });

  it.each(['pending', 'attempting', 'waitingSoon'])('but not with one %s', (key) => {
    expect(isFinished({ pending: 0, attempting: 0, waitingSoon: 0, [key]: 1 })).toBe(false);
  });
});

describe('an attempt of unknown outcome', () => {
  it('joined when the person is a member', () => {
    expect(settleByMembership('member', 0)).toMatchObject({
      attempt: 'joined',
      target: { status: 'joined' },
    });
  });

  it('is tried once more when the person never was there, and a second loss is final', () => {
    expect(settleByMembership('never', 0)).toMatchObject({
      attempt: 'returned',
      target: { status: 'pending' },
    });
    expect(settleByMembership('never', 1)).toMatchObject({ attempt: 'refused', reason: 'outcome_unknown' });
  });

  it('never invites again who left or was removed', () => {
    expect(settleByMembership('left', 0)).toMatchObject({ attempt: 'refused', reason: 'left_before' });
    expect(settleByMembership('kicked', 0)).toMatchObject({ attempt: 'refused', suppress: 'community' });
  });

  it('ends visibly when nobody can look any more', () => {
    expect(settleByMembership('unreadable', 0)).toMatchObject({
      attempt: 'refused',
      target: { status: 'refused', reason: 'outcome_unknown' },
    });
  });
});

describe('an attempt that found the person there before it invited', () => {
  it('counts a member as one already, never as joined', () => {
    expect(settleByStanding('member')).toMatchObject({
      attempt: 'already_member',
      target: { status: 'already_member' },
    });
  });

  it('leaves people alone who left or were removed', () => {
    expect(settleByStanding('left')).toMatchObject({ attempt: 'refused', reason: 'left_before' });
    expect(settleByStanding('kicked')).toMatchObject({ attempt: 'refused', suppress: 'community' });
  });
});
