import type { ConnectionLine, RpcLine } from '#sandbox/ledger/lines.ts';
import { groupBy } from './group-by.ts';

/** Faults after which an answer was made and never read. */
const LOSING_FAULTS = new Set(['noReply', 'dropAfterEffect', 'truncate']);

/** Whoever has read an answer has kept it after so long, even when the database was away for a while. */
const KEPT_AFTER_MS = 20_000;

/**
 * Tells whether somebody has surely read a call's answer. Not when a fault took it, nor when the call was the last of a
 * connection that ended soon after.
 */
export function createIsAnswered(
  rpcs: readonly RpcLine[],
  connections: readonly ConnectionLine[],
): (line: RpcLine) => boolean {
  const lastCalls = new Map(rpcs.map(({ connection, seq }) => [connection, seq]));
  const ends = new Map(
    connections
      .filter(({ event }) => event === 'close')
      .map(({ connection, realAt }) => [connection, Date.parse(realAt)]),
  );
  return ({ connection, seq, realAt, fault }) => {
    if (fault && LOSING_FAULTS.has(fault)) return false;
    if (lastCalls.get(connection) !== seq) return true;
    const endedAt = ends.get(connection);
    return endedAt !== undefined && endedAt - Date.parse(realAt) > KEPT_AFTER_MS;
  };
}

type Span = { connection: string; fromMs: number; toMs: number };

/** One session, one connection at a time. */
export function judgeConnections(rpcs: readonly RpcLine[], lines: readonly ConnectionLine[]): string[] {
  const sessionOf = new Map<string, string>();
  for (const line of rpcs) sessionOf.set(line.connection, line.session);
  for (const { connection, session } of lines) if (session) sessionOf.set(connection, session);

  const spans = new Map<string, Span>();
  for (const { event, connection, realAt } of lines) {
    const atMs = Date.parse(realAt);
    const span = spans.get(connection) ?? { connection, fromMs: atMs, toMs: Number.POSITIVE_INFINITY };
    spans.set(connection, event === 'open' ? { ...span, fromMs: atMs } : { ...span, toMs: atMs });
  }
  const bySession = groupBy([...spans.values()], ({ connection }) => sessionOf.get(connection) ?? '');
  const offences: string[] = [];
  for (const [session, own] of bySession) {
    if (session === '') continue;
    const inOrder = [...own].sort((one, other) => one.fromMs - other.fromMs);
    for (const [index, span] of inOrder.entries()) {
      const next = inOrder[index + 1];
      if (next && next.fromMs < span.toMs) {
        offences.push(`session ${session} had two connections at ${iso(next.fromMs)}`);
      }
    }
  }
  return offences;
}

const iso = (atMs: number): string => new Date(atMs).toISOString();
