import { describe, expect, it } from 'vitest';
import type { RpcLine } from '#sandbox/ledger/lines.ts';
import type { Evidence } from './evidence.ts';
import { judge } from './judge.ts';

const startMs = Date.parse('2026-01-01T00:00:00Z');
const MINUTE_MS = 60_000;

let seq = 0;
/** An invite of a person into chat 7; each on a connection that goes on. */
const invite = (atMs: number, person: string, more: Partial<RpcLine> = {}): RpcLine[] => {
  const line: RpcLine = {
    kind: 'rpc',
    seq: ++seq,
    at: new Date(startMs + atMs).toISOString(),
    realAt: new Date(startMs).toISOString(),
    session: 's1',
    connection: 'c1',
    account: 'a1',
    method: 'channels.inviteToChannel',
    chat: '7',
    users: [person],
    added: [person],
    error: null,
    ...more,
  };
  return [line, { ...line, seq: ++seq, method: 'ping', users: [], added: [] }];
};

const attempt = (startedMs: number, person: string) => ({
  account: 'a1',
  chat: '7',
  person,
  startedMs: startMs + startedMs,
  countedMs: startMs + startedMs + 1_000,
});

const target = (person: string, more: Partial<Evidence['targets'][number]> = {}) => ({
  id: `t${person}`,
  campaign: 'c',
  chat: '7',
  person,
  status: 'joined',
  reason: null,
  isVisible: true,
  describe: '',
  ...more,
});

const lawful: Evidence = {
  attempts: [attempt(0, '1'), attempt(20 * MINUTE_MS, '2')],
  targets: [target('1'), target('2')],
  suppressed: new Map(),
  expected: new Map([['c', 2]]),
};
const calls = [...invite(500, '1'), ...invite(20 * MINUTE_MS + 500, '2')];
const crimesOf = (ledger: RpcLine[], evidence: Evidence) =>
  judge(ledger, evidence).violations.map(({ crime }) => crime);

it('a lawful run is found lawful', () => {
  expect(judge(calls, lawful)).toEqual({ invites: 2, violations: [] });
});

describe('a run is unlawful', () => {
  it('when a call has no attempt that was begun before it', () => {
    expect(crimesOf(calls, { ...lawful, attempts: [attempt(0, '1'), attempt(21 * MINUTE_MS, '2')] })).toEqual(
      ['unrecordedCalls'],
    );
  });

  it('when two calls share one attempt', () => {
    const again = [...calls, ...invite(20 * MINUTE_MS + 600, '2', { added: [] })];
    expect(crimesOf(again, lawful)).toEqual(expect.arrayContaining(['unrecordedCalls', 'duplicates']));
  });

  it('when an attempt was begun after the person was suppressed', () => {
    const evidence = { ...lawful, suppressed: new Map([['2', startMs + 20 * MINUTE_MS - 1]]) };
    expect(crimesOf(calls, evidence)).toEqual(['toSuppressed']);
  });

  it('not when the attempt was begun before the suppression', () => {
    const evidence = { ...lawful, suppressed: new Map([['2', startMs + 20 * MINUTE_MS]]) };
    expect(crimesOf(calls, evidence)).toEqual([]);
  });

  it('when a target is gone, joined nowhere, or was added and is open', () => {
    expect(crimesOf(calls, { ...lawful, targets: [target('1')] })).toEqual(['lost']);
    expect(crimesOf(calls, { ...lawful, targets: [target('1'), target('3')] })).toEqual(['lost']);
    expect(
      crimesOf(calls, { ...lawful, targets: [target('1'), target('2', { status: 'pending' })] }),
    ).toEqual(['lost']);
  });

  it('when a target ends nowhere and shows no reason', () => {
    const open = target('3', { status: 'attempting', isVisible: false });
    const evidence = {
      ...lawful,
      targets: [...lawful.targets, open],
      expected: new Map([['c', 3]]),
    };
    expect(crimesOf(calls, evidence)).toEqual(['unsettled']);
  });
});
