import { describe, expect, it } from 'vitest';
import { later } from '../duration.ts';
import { defaultPolicy } from '../pacing/policy.ts';
import type { RpcFailure } from '../telegram/user-session.ts';
import { firstCommentersCursor, firstMembersCursor, parseCursorSchema } from './cursor.ts';
import { reactToPageFailure } from './failure.ts';
import { nextPageAt } from './pace.ts';

const now = new Date('2026-03-10T12:00:00Z');

describe('a parse', () => {
  it('keeps the pauses and the requests a minute of its speed', () => {
    expect(nextPageAt('safe', 'members', now)).toEqual(later(now, 3_000));
    expect(nextPageAt('medium', 'members', now)).toEqual(later(now, 1_500));
    expect(nextPageAt('medium', 'commenters', now)).toEqual(later(now, 1_500));
    expect(nextPageAt('fast', 'commenters', now)).toEqual(later(now, 667));
  });

  it('stores its place and reads it back', () => {
    for (const cursor of [firstMembersCursor, firstCommentersCursor]) {
      expect(parseCursorSchema.parse(JSON.parse(JSON.stringify(cursor)))).toEqual(cursor);
    }
    expect(parseCursorSchema.safeParse({ source: 'members', offset: -1 }).success).toBe(false);
  });
});

describe('a failed page', () => {
  const react = (failure: RpcFailure, failuresInRow = 0) =>
    reactToPageFailure(failure, now, defaultPolicy, { peerFloods: [], failuresInRow });

  it('is asked for again when its answer was lost, five times', () => {
    const lost: RpcFailure = { kind: 'timeout', error: 'TIMEOUT' };
    expect(react(lost, 4).task).toEqual({ kind: 'again', at: later(now, 30_000) });
    expect(react(lost, 5).task).toEqual({ kind: 'fail' });
  });

  it('hands the task on when the account is in trouble', () => {
    expect(react({ kind: 'rpc', error: 'FLOOD_WAIT', argument: 60 })).toMatchObject({
      task: { kind: 'move' },
      account: { status: 'cooling', recoversAt: later(now, 120_000) },
    });
    expect(react({ kind: 'rpc', error: 'CHANNEL_PRIVATE' })).toMatchObject({
      task: { kind: 'move' },
      detachesAccount: true,
    });
  });

  it('ends the task when the community is gone', () => {
    expect(react({ kind: 'rpc', error: 'CHANNEL_INVALID' }).task).toEqual({ kind: 'fail' });
  });
});
