import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { later, MINUTE_MS } from '../duration.ts';
import { defaultPolicy } from '../pacing/policy.ts';
import { PARSE_SOURCES, PARSE_SPEEDS, PARSE_STATUSES } from '../statuses.ts';
import type { RpcFailure } from '../telegram/user-session.ts';
import { firstCursor, parseCursorSchema, requestAt } from './cursor.ts';
import { estimateParse } from './estimate.ts';
import { reactToPageFailure } from './failure.ts';
import { isLongWait } from './handover.ts';
import { LETTERS, letterAfter } from './letters.ts';
import { type ParseEvent, transition } from './life.ts';
import { whyNobody } from './nobody.ts';
import { type Asked, askedAlso, durationMs, nextPageAt, paceOf, pauseOf } from './pace.ts';
import { isNews, progressOf } from './progress.ts';
import { judgeWish } from './wish.ts';

const now = new Date('2026-03-10T12:00:00Z');

describe('the pace of a parse', () => {
  /** Moments of so many requests, each made as early as it may be and then so much later. */
  const timesOf = (
    speed: (typeof PARSE_SPEEDS)[number],
    request: 'messages' | 'people',
    delays: readonly number[],
  ) => {
    let asked: Asked = [];
    let due = now.getTime();
    return delays.map((delay, n) => {
      const at = due + delay;
      asked = askedAlso(asked, speed, new Date(at), n);
      due = nextPageAt(speed, request, asked).getTime();
      return at;
    });
  };

  it('never asks sooner than its pause, nor once too often within any minute', () => {
    const delays = fc.array(fc.integer({ min: 0, max: 5_000 }), { minLength: 2, maxLength: 300 });
    const requests = fc.constantFrom('messages' as const, 'people' as const);
    fc.assert(
      fc.property(fc.constantFrom(...PARSE_SPEEDS), requests, delays, (speed, request, lateness) => {
        const times = timesOf(speed, request, lateness);
        const { requestsPerMinute } = paceOf(speed);
        times.forEach((at, n) => {
          const before = times[n - 1];
          if (before !== undefined) expect(at - before).toBeGreaterThanOrEqual(pauseOf(speed, request));
          const oneMinute = times[n - requestsPerMinute];
          if (oneMinute !== undefined) expect(at - oneMinute).toBeGreaterThanOrEqual(MINUTE_MS);
        });
      }),
    );
  });

  it.each([
    ['safe', 2_000, 3_000, 20],
    ['medium', 800, 1_500, 40],
    ['fast', 200, 500, 90],
  ] as const)(
    'of %s is that of the product, and the estimate is what it comes to',
    (speed, message, people, rate) => {
      for (const [request, pauseMs] of [
        ['messages', message],
        ['people', people],
      ] as const) {
        const times = timesOf(speed, request, Array(200).fill(0));
        expect(times[1]! - times[0]!).toBe(pauseMs);
        expect(times[rate]! - times[0]!).toBe(MINUTE_MS);
        expect(times.at(-1)! - times[0]!).toBe(durationMs(speed, request, 200));
      }
    },
  );
});

describe('a cursor', () => {
  it('is read back as it was stored, for every source', () => {
    for (const source of PARSE_SOURCES) {
      const cursor = firstCursor(source);
      expect(parseCursorSchema.parse(JSON.parse(JSON.stringify(cursor)))).toEqual(cursor);
      expect(requestAt(cursor)).toBe(source === 'members' ? 'people' : 'messages');
    }
    expect(parseCursorSchema.safeParse({ source: 'members', offset: -1 }).success).toBe(false);
  });

  it('goes through every letter once, and only where a list ends before everybody was on it', () => {
    expect(letterAfter('', 10_000)).toBeUndefined();
    const letters: string[] = [];
    for (let letter = letterAfter('', 10_001); letter; letter = letterAfter(letter, 5)) letters.push(letter);
    expect(letters).toEqual(LETTERS);
    expect(new Set(letters).size).toBe(26 + 33 + 10);
  });
});

describe('the life of a task', () => {
  it.each([
    ['running', 'pause', 'paused'],
    ['checking', 'pause', 'paused'],
    ['paused', 'resume', 'waiting'],
    ['paused', 'cancel', 'cancelled'],
    ['failed', 'restart', 'waiting'],
    ['done', 'remove', 'gone'],
  ] as const)('%s becomes on %s %s', (from, event, to) => {
    expect(transition(from, event)).toEqual({ ok: true, value: to });
  });

  it('refuses everything else with the code of the wish', () => {
    const allowed = (event: ParseEvent) => PARSE_STATUSES.filter((from) => transition(from, event).ok);
    expect(allowed('resume')).toEqual(['paused']);
    expect(allowed('restart')).toEqual(['done', 'refused', 'failed', 'cancelled']);
    expect(allowed('remove')).toEqual(['paused', 'done', 'refused', 'failed', 'cancelled']);
    expect(transition('running', 'remove')).toEqual({
      ok: false,
      refusal: { code: 'parse_task.not_removable' },
    });
  });

  it('waits five minutes for its account, and no longer', () => {
    expect(isLongWait(now, later(now, 5 * MINUTE_MS))).toBe(false);
    expect(isLongWait(now, later(now, 5 * MINUTE_MS + 1))).toBe(true);
    expect(isLongWait(now, null)).toBe(true);
  });
});

describe('the progress of a task', () => {
  it('has the rate of its last minute of requests and the time that is left', () => {
    const asked = Array.from({ length: 41 }, (_, n) => ({ atMs: n * 1500, seen: n * 200 }));
    expect(progressOf({ seen: 8_200, total: 16_200, asked })).toEqual({
      ratePerMinute: 8_000,
      secondsLeft: 60,
    });
    expect(progressOf({ seen: 8_200, total: null, asked }).secondsLeft).toBeNull();
    expect(progressOf({ seen: 0, total: 10, asked: asked.slice(0, 1) }).ratePerMinute).toBeNull();
  });

  it('is told in at most 500 steps', () => {
    const told = Array.from({ length: 5_000 }, (_, n) => isNews(n * 200, (n + 1) * 200, 1_000_000));
    expect(told.filter(Boolean)).toHaveLength(500);
    expect(isNews(0, 200, 900)).toBe(true);
    expect(isNews(0, 0, null)).toBe(true);
  });
});

describe('an order', () => {
  it('is refused a wish that its source cannot grant, with the field', () => {
    expect(judgeWish('members', { keyword: 'tea' })).toMatchObject({
      ok: false,
      refusal: { code: 'invalid_input', facts: { field: 'wish.keyword' } },
    });
    const [early, late] = ['2026-01-01T00:00:00Z', '2026-02-01T00:00:00Z'];
    expect(judgeWish('messages', { since: late, until: early }).ok).toBe(false);
    expect(judgeWish('messages', { since: early, until: late, keyword: 'tea', minMessages: 2 }).ok).toBe(
      true,
    );
  });

  it('is estimated by its speed before it starts', () => {
    const size = { membersCount: 8_000, messagesCount: 4_000, recentComments: null };
    const order = (source: 'members' | 'messages') =>
      estimateParse({ source, speed: 'medium', wish: {} }, size);
    expect(order('members')).toEqual({ total: 8_000, requests: 40, durationMs: 39 * 1500, isRough: false });
    expect(order('messages')).toMatchObject({ total: 4_000, requests: 40, durationMs: 39 * 800 });
    const unread = { ...size, membersCount: null };
    expect(estimateParse({ source: 'members', speed: 'fast', wish: {} }, unread)).toBeUndefined();
  });

  it('that found nobody says why', () => {
    const ended = { source: 'messages', wish: {}, seen: 0, authors: 0 } as const;
    expect(whyNobody(ended)).toBe('parse_task.no_messages');
    expect(whyNobody({ ...ended, wish: { keyword: 'tea' } })).toBe('parse_task.no_match');
    expect(whyNobody({ ...ended, seen: 5 })).toBe('parse_task.no_person_wrote');
    expect(whyNobody({ ...ended, seen: 5, authors: 2 })).toBe('parse_task.nobody_often');
    expect(whyNobody({ ...ended, source: 'members' })).toBe('parse_task.no_members');
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
