import { describe, expect, it } from 'vitest';
import type { ConnectionLine, RpcLine } from '#sandbox/ledger/lines.ts';
import { judgeLedger } from './ledger-oracle.ts';

const startMs = Date.parse('2026-01-01T00:00:00Z');
const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

let seq = 0;

const rpc = (atMs: number, method: string, more: Partial<RpcLine> = {}): RpcLine => ({
  kind: 'rpc',
  seq: ++seq,
  at: new Date(startMs + atMs).toISOString(),
  realAt: new Date(startMs).toISOString(),
  session: 's1',
  connection: 'c1',
  account: 'a1',
  method,
  error: null,
  ...more,
});

const invite = (atMs: number, user: string | number, more: Partial<RpcLine> = {}): RpcLine =>
  rpc(atMs, 'channels.inviteToChannel', {
    chat: '7',
    users: [`${user}`],
    added: [`${user}`],
    missing: [],
    ...more,
  });

const connection = (event: 'open' | 'close', name: string, atMs: number): ConnectionLine => ({
  kind: 'connection',
  event,
  realAt: new Date(startMs + atMs).toISOString(),
  session: 's1',
  connection: name,
  account: 'a1',
});

const judge = (lines: readonly (RpcLine | ConnectionLine)[]) =>
  judgeLedger(lines.map((line) => JSON.stringify(line)));
const offencesOf = (lines: readonly (RpcLine | ConnectionLine)[]) =>
  judge(lines).offences.map(({ says }) => says);

/** One invite every `everyMs` by an account that signed in long ago. */
const series = (count: number, everyMs: number, more: (index: number) => Partial<RpcLine> = () => ({})) =>
  Array.from({ length: count }, (_, index) => invite(index * everyMs, index, more(index)));

it('finds nothing in a lawful run, and counts it', () => {
  const lines = [rpc(-40 * day, 'auth.signIn'), ...series(40, 2 * hour)];
  expect(judge(lines)).toMatchObject({ invites: 40, businessDays: 4, offences: [] });
  expect(judge(lines).joined).toHaveLength(40);
});

describe('an offence is found:', () => {
  it.each([
    ['three invites in an hour', series(3, 29 * minute), 'more than 2 invites'],
    ['31 invites in a day', series(31, 46 * minute, (i) => ({ chat: `${i % 4}` })), 'more than 30 invites'],
    ['16 invites into one community in a day', series(16, 89 * minute), 'more than 15 invites'],
    ['201 invites into one community ever', series(201, 2 * hour), 'more than 200 invites'],
    [
      '201 invites of all accounts into one community in a day',
      series(201, 7 * minute, (i) => ({ account: `a${i % 20}` })),
      'more than 200 a community',
    ],
    ['a pause of 599 s', series(2, 599 * second), 'paused 599 s only'],
    ['four in a row', series(4, 899 * second), '4 invites in a row'],
    [
      'six look-ups in an hour',
      Array.from({ length: 6 }, (_, i) => rpc(i * minute, 'contacts.resolveUsername')),
      'more than 5 look-ups',
    ],
    [
      '41 look-ups in a day',
      Array.from({ length: 41 }, (_, i) => rpc(i * 30 * minute, 'contacts.resolveUsername')),
      'more than 40 look-ups',
    ],
    ['six invites on the first day', [rpc(-1, 'auth.signIn'), ...series(6, 2 * hour)], 'in a day of 5'],
    ['two people in one call', [invite(0, 1, { users: ['1', '2'] })], 'invited 2 people'],
    [
      'a person invited twice',
      [invite(0, 1, { added: [] }), invite(hour, 1, { added: [] })],
      '1 was invited to 7 twice',
    ],
    [
      'a person invited again on a new connection after being added',
      [invite(0, 1, { users: ['1'] }), invite(hour, 1, { connection: 'c2', added: [] })],
      '1 was invited to 7 twice',
    ],
    [
      'a person added twice by two accounts',
      [invite(0, 1), invite(hour, 1, { account: 'a2' })],
      '1 was added to 7 twice',
    ],
    [
      'an invite inside a flood wait',
      [invite(0, 1, { error: 'FLOOD_WAIT_3600', added: [] }), invite(hour + 59 * second, 2)],
      'inside the wait',
    ],
    [
      'an invite inside a peer flood',
      [invite(0, 1, { error: 'PEER_FLOOD', added: [] }), invite(day - 1, 2)],
      'inside the wait',
    ],
    [
      'two connections of a session',
      [connection('open', 'c1', 0), connection('open', 'c2', 9), connection('close', 'c1', 10)],
      'two connections',
    ],
  ])('%s', (_, lines, says) => {
    expect(offencesOf(lines)).toContainEqual(expect.stringContaining(says));
  });
});

describe('lawful at the very edge:', () => {
  it.each([
    ['the third invite exactly an hour after the first', series(3, 30 * minute)],
    ['two within an hour, 900 s apart', series(2, 900 * second)],
    [
      'a person again whom a flood kept from being considered',
      [invite(0, 1, { error: 'FLOOD_WAIT_5', added: [] }), invite(hour, 1)],
    ],
    [
      'a person again whose first answer may have been lost with its connection',
      [invite(0, 1, { added: [] }), invite(hour, 1, { connection: 'c2' })],
    ],
    [
      'a reconnection',
      [connection('open', 'c1', 0), connection('close', 'c1', 5), connection('open', 'c2', 5)],
    ],
  ])('%s', (_, lines) => {
    expect(offencesOf(lines)).toEqual([]);
  });
});
