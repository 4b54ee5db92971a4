import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';
import type { CallRecord, ConnectionInfo } from '#sandbox/mtproto/server.ts';
import type { WorldClock } from '#sandbox/world/clock.ts';
import { type ConnectionLine, connectionLine, type RpcLine, rpcLine } from './lines.ts';

export type Ledger = {
  recordCall(record: CallRecord): void;
  recordConnection(event: 'open' | 'close', info: ConnectionInfo): void;
  /** Everything so far, one JSON object a line, oldest first. Empty when the ledger keeps nothing. */
  lines(): readonly string[];
  /** The same, parsed. */
  entries(): (RpcLine | ConnectionLine)[];
  /** Hears every line from now on; returns how to stop. */
  stream(listener: (line: string) => void): () => void;
  /** Appends what is there and all that follows to a file; the returned function ends and flushes it. */
  writeTo(file: string): () => Promise<void>;
  clear(): void;
};

/**
 * The record of everything that reached Telegram's side, written by the sandbox alone and never read by the
 * product: the judge of limits, duplicates and parallel sessions. `keep: false` only streams it.
 */
export function createLedger({ clock, keep = true }: { clock: WorldClock; keep?: boolean }): Ledger {
  let kept: string[] = [];
  const listeners = new Set<(line: string) => void>();
  const add = (entry: RpcLine | ConnectionLine) => {
    const line = JSON.stringify(entry);
    if (keep) kept.push(line);
    for (const listener of listeners) listener(line);
  };
  const stream = (listener: (line: string) => void) => {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  };

  return {
    recordCall: (record) => add(rpcLine(record, clock.now(), new Date())),
    recordConnection: (event, info) => add(connectionLine(event, info, new Date())),
    lines: () => kept,
    entries: () => kept.map((line) => JSON.parse(line)),
    stream,
    writeTo(file) {
      const out = createWriteStream(file, { flags: 'a' });
      for (const line of kept) out.write(`${line}\n`);
      const stop = stream((line) => out.write(`${line}\n`));
      return async () => {
        stop();
        out.end();
        await finished(out);
      };
    },
    clear() {
      kept = [];
    },
  };
}
