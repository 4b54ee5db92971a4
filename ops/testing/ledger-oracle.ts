import type { ConnectionLine, RpcLine } from '#sandbox/ledger/lines.ts';
import { groupBy } from './group-by.ts';
import { createIsAnswered, judgeConnections } from './ledger-connections.ts';

/**
 * Judges a run by what reached Telegram, and by nothing of ours: the numbers of the limit table are written down here
 * once more on purpose, so that a change of the product's own table cannot move the judge.
 */
export type Judgement = {
  invites: number;
  /** Who became a member by an invite, as `chat:user`, in order. */
  joined: string[];
  /** Days of business time, counted from the first invite, in which somebody was invited. */
  businessDays: number;
  /** What must never happen and did; empty for a lawful run. */
  offences: Offence[];
};

export type OffenceKind = 'duplicate' | 'over_limit' | 'inside_wait' | 'parallel_sessions';
export type Offence = { kind: OffenceKind; says: string };

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

const INVITES = new Set(['channels.inviteToChannel', 'messages.addChatUser']);
const LOOKUPS = new Set(['contacts.resolveUsername', 'contacts.resolvePhone']);
const SIGN_INS = new Set([
  'auth.signIn',
  'auth.checkPassword',
  'auth.importLoginToken',
  'auth.exportLoginToken',
]);

/** Answers that say nothing about the person: Telegram did not consider the invite, so the same person may be tried again. */
const UNCONSIDERED =
  /^(FLOOD_|PEER_FLOOD|SLOWMODE_|AUTH_KEY_|SESSION_|USER_DEACTIVATED|FROZEN_|CHAT_|CHANNEL_|INPUT_USER_|USER_ID_INVALID|PEER_ID_INVALID|RPC_|TIMEOUT|[A-Z_]*MIGRATE_|INTERNAL)/;

/** `isAnswered` is false when nobody may have read the answer. */
type Invite = {
  isAnswered: boolean;
  atMs: number;
  account: string;
  chat: string;
  users: string[];
  added: string[];
  error: string | null;
};

export function judgeLedger(lines: Iterable<string>): Judgement {
  const rpcs: RpcLine[] = [];
  const connections: ConnectionLine[] = [];
  for (const text of lines) {
    if (text.trim() === '') continue;
    const line = JSON.parse(text) as RpcLine | ConnectionLine;
    if (line.kind === 'rpc') rpcs.push(line);
    else connections.push(line);
  }
  const isAnswered = createIsAnswered(rpcs, connections);
  const invites = rpcs
    .filter((line) => INVITES.has(line.method))
    .map((line) => toInvite(line, isAnswered(line)));
  const days = new Set(invites.map(({ atMs }) => Math.floor((atMs - (invites[0]?.atMs ?? 0)) / DAY_MS)));
  return {
    invites: invites.length,
    joined: invites.flatMap(({ chat, added }) => added.map((user) => `${chat}:${user}`)),
    businessDays: days.size,
    offences: [
      ...ofKind('duplicate', judgeInvites(invites)),
      ...judgeAccounts(rpcs.filter(isAnswered), rpcs, invites),
      ...ofKind('over_limit', judgeCommunities(invites)),
      ...ofKind('parallel_sessions', judgeConnections(rpcs, connections)),
    ],
  };
}

const ofKind = (kind: OffenceKind, offences: readonly string[]): Offence[] =>
  offences.map((says) => ({ kind, says }));

const judgeCommunities = (invites: readonly Invite[]): string[] =>
  judgeWindow(
    'a community',
    groupBy(invites, ({ chat }) => chat),
    DAY_MS,
    200,
  );

const toInvite = (line: RpcLine, isAnswered: boolean): Invite => ({
  isAnswered,
  atMs: Date.parse(line.at),
  account: line.account ?? 'nobody',
  chat: line.chat ?? 'nowhere',
  users: line.users ?? [],
  added: line.added ?? [],
  error: line.error,
});

/**
 * One person a call, and nobody twice. After a call that added nobody and whose answer may have been lost, a second one is
 * lawful: nobody can tell it from a call that never arrived, and the person must not be lost.
 */
function judgeInvites(invites: readonly Invite[]): string[] {
  const offences: string[] = [];
  const considered = new Set<string>();
  const added = new Set<string>();
  for (const invite of invites) {
    if (invite.users.length !== 1)
      offences.push(`one call invited ${invite.users.length} people to ${invite.chat}`);
    for (const user of invite.users) {
      const pair = `${invite.chat}:${user}`;
      if (considered.has(pair)) offences.push(`${user} was invited to ${invite.chat} twice`);
      const isConsidered = invite.error === null || !UNCONSIDERED.test(invite.error);
      if (isConsidered && (invite.isAnswered || invite.added.length > 0)) considered.add(pair);
    }
    for (const user of invite.added) {
      const pair = `${invite.chat}:${user}`;
      if (added.has(pair)) offences.push(`${user} was added to ${invite.chat} twice`);
      added.add(pair);
    }
  }
  return offences;
}

function judgeAccounts(
  answered: readonly RpcLine[],
  rpcs: readonly RpcLine[],
  invites: readonly Invite[],
): Offence[] {
  const byAccount = groupBy(invites, ({ account }) => account);
  const byPair = groupBy(invites, ({ account, chat }) => `${account} in ${chat}`);
  const lookups = groupBy(
    rpcs
      .filter((line) => LOOKUPS.has(line.method))
      .map((line) => ({ atMs: Date.parse(line.at), account: line.account ?? 'nobody' })),
    ({ account }) => account,
  );
  const own = [...byAccount];
  return [
    ...ofKind('over_limit', [
      ...judgeWindow('invites of', byAccount, HOUR_MS, 2),
      ...judgeWindow('invites of', byAccount, DAY_MS, 30),
      ...judgeWindow('invites of', byPair, DAY_MS, 15),
      ...judgeWindow('invites of', byPair, Number.POSITIVE_INFINITY, 200),
      ...judgeWindow('look-ups of', lookups, HOUR_MS, 5),
      ...judgeWindow('look-ups of', lookups, DAY_MS, 40),
      ...own.flatMap(([account, calls]) => judgePauses(account, calls)),
      ...own.flatMap(([account, calls]) => judgeRamp(account, calls, rpcs)),
    ]),
    ...ofKind(
      'inside_wait',
      own.flatMap(([account, calls]) => judgeWaits(account, calls, answered)),
    ),
  ];
}

/** At most `most` in every window of `windowMs` that ends at one of them; a call exactly one window old is outside. */
function judgeWindow<T extends { atMs: number }>(
  what: string,
  groups: ReadonlyMap<string, readonly T[]>,
  windowMs: number,
  most: number,
): string[] {
  const offences: string[] = [];
  for (const [who, calls] of groups) {
    for (const [index, { atMs }] of calls.entries()) {
      const first = calls[index - most];
      if (first && atMs - first.atMs < windowMs) {
        offences.push(`more than ${most} ${what} ${who} within ${windowMs / HOUR_MS} h, at ${iso(atMs)}`);
      }
    }
  }
  return offences;
}

/** 600 s between two, and after three in a row 900 s. */
function judgePauses(account: string, own: readonly Invite[]): string[] {
  const offences: string[] = [];
  let inRow = 1;
  for (const [index, { atMs }] of own.entries()) {
    const before = own[index - 1];
    if (!before) continue;
    const pauseMs = atMs - before.atMs;
    if (pauseMs < 600_000) offences.push(`${account} paused ${pauseMs / 1000} s only, at ${iso(atMs)}`);
    inRow = pauseMs < 900_000 ? inRow + 1 : 1;
    if (inRow > 3) offences.push(`${account} made ${inRow} invites in a row, at ${iso(atMs)}`);
  }
  return offences;
}

/** Five a day from the first sign-in on, and five more with each further day. */
function judgeRamp(account: string, own: readonly Invite[], rpcs: readonly RpcLine[]): string[] {
  const signIn = rpcs.find(
    (line) => line.account === account && SIGN_INS.has(line.method) && line.error === null,
  );
  if (!signIn) return [];
  const connectedAtMs = Date.parse(signIn.at);
  return own.flatMap(({ atMs }) => {
    const most = Math.min(30, 5 * (1 + Math.floor((atMs - connectedAtMs) / DAY_MS)));
    const count = own.filter((other) => other.atMs <= atMs && atMs - other.atMs < DAY_MS).length;
    return count > most
      ? [`${account}, new, made ${count} invites in a day of ${most}, at ${iso(atMs)}`]
      : [];
  });
}

/** Nothing is sent inside a wait Telegram asked for and somebody may have read of. */
function judgeWaits(account: string, own: readonly Invite[], answered: readonly RpcLine[]): string[] {
  const offences: string[] = [];
  for (const line of answered) {
    if (line.account !== account || line.error === null) continue;
    const seconds = Number(/^FLOOD_WAIT_(\d+)$/.exec(line.error)?.[1] ?? Number.NaN);
    const waitMs = line.error === 'PEER_FLOOD' ? DAY_MS : (seconds + 60) * 1000;
    if (Number.isNaN(waitMs)) continue;
    const fromMs = Date.parse(line.at);
    const hasty = own.find(({ atMs }) => atMs > fromMs && atMs < fromMs + waitMs);
    if (hasty) offences.push(`${account} invited inside the wait of ${line.error}, at ${iso(hasty.atMs)}`);
  }
  return offences;
}

const iso = (atMs: number): string => new Date(atMs).toISOString();
