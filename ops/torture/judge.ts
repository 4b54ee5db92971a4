import type { ConnectionLine, RpcLine } from '#sandbox/ledger/lines.ts';
import { groupBy } from '../testing/group-by.ts';
import { judgeLedger, type OffenceKind } from '../testing/ledger-oracle.ts';
import type { Evidence } from './evidence.ts';

/** What must never happen, by the name of its count in the verdict. */
export const CRIMES = [
  'lost',
  'duplicates',
  'overLimit',
  'parallelSessions',
  'unrecordedCalls',
  'insideWait',
  'toSuppressed',
  'unsettled',
] as const;
export type Crime = (typeof CRIMES)[number];
export type Violation = { crime: Crime; says: string };

const CRIME_OF: Record<OffenceKind, Crime> = {
  duplicate: 'duplicates',
  over_limit: 'overLimit',
  inside_wait: 'insideWait',
  parallel_sessions: 'parallelSessions',
};

const INVITES = new Set(['channels.inviteToChannel', 'messages.addChatUser']);

/** Judges a run by what reached Telegram, and joins that with what the database says of the same people. */
export function judge(
  ledger: readonly (RpcLine | ConnectionLine)[],
  evidence: Evidence,
): { invites: number; violations: Violation[] } {
  const { invites, joined, offences } = judgeLedger(ledger.map((line) => JSON.stringify(line)));
  const calls = ledger.filter((line): line is RpcLine => line.kind === 'rpc' && INVITES.has(line.method));
  return {
    invites,
    violations: [
      ...offences.map(({ kind, says }) => ({ crime: CRIME_OF[kind], says })),
      ...judgeRecords(calls, evidence),
      ...judgeTargets(new Set(joined), evidence),
    ],
  };
}

/** Each invite is covered by an attempt of its own, begun before it; nobody who was suppressed before that is invited. */
function judgeRecords(calls: readonly RpcLine[], { attempts, suppressed }: Evidence): Violation[] {
  const violations: Violation[] = [];
  const unused = groupBy(attempts, ({ account, chat, person }) => `${account} ${chat} ${person}`);
  for (const line of calls) {
    const [person = ''] = line.users ?? [];
    const atMs = Date.parse(line.at);
    const rows = unused.get(`${line.account} ${line.chat} ${person}`) ?? [];
    const index = rows.findLastIndex(
      ({ startedMs, countedMs }) => startedMs <= atMs && (countedMs === null || atMs <= countedMs),
    );
    const [row] = index < 0 ? [] : rows.splice(index, 1);
    if (!row) {
      violations.push({
        crime: 'unrecordedCalls',
        says: `${line.account} invited ${person} to ${line.chat} at ${line.at} without an attempt`,
      });
    }
    const suppressedMs = suppressed.get(person);
    if (suppressedMs !== undefined && (row?.startedMs ?? atMs) > suppressedMs) {
      violations.push({ crime: 'toSuppressed', says: `${person} was invited to ${line.chat} at ${line.at}` });
    }
  }
  return violations;
}

function judgeTargets(joined: ReadonlySet<string>, { targets, expected }: Evidence): Violation[] {
  const violations: Violation[] = [];
  const lost = (says: string) => violations.push({ crime: 'lost', says });
  for (const [campaign, count] of expected) {
    const found = targets.filter((target) => target.campaign === campaign).length;
    if (found !== count) lost(`campaign ${campaign} has ${found} targets of ${count}`);
  }
  for (const target of targets) {
    const { id, campaign, chat, person, status, reason, isVisible } = target;
    const isIn = person !== null && joined.has(`${chat}:${person}`);
    if (status === 'joined' && !isIn) lost(`target ${id} joined ${chat} only in the database`);
    const isElsewhere = reason === 'tried_before';
    if (isIn && !isElsewhere && ['refused', 'unreachable', 'pending', 'waiting'].includes(status))
      lost(`target ${id} of ${campaign} is ${status} (${reason}) and was added to ${chat}`);
    if (!isVisible)
      violations.push({ crime: 'unsettled', says: `target ${id} of ${campaign} is ${target.describe}` });
  }
  return violations;
}
