import type { UserId } from '#sandbox/world/types.ts';
import type { Update } from './updates/update.ts';

/** Older entries are forgotten. */
const KEPT_ENTRIES = 10_000;

/** One Bot API call as it was answered, or one update as it was made. */
export type TranscriptEntry = { seq: number; at: string; realAt: string; bot: UserId } & (
  | {
      kind: 'call';
      method: string;
      parameters: Record<string, unknown>;
      result?: unknown;
      error?: { code: number; description: string };
      fault?: string;
      durationMs: number;
    }
  | { kind: 'update'; update: Update }
  | { kind: 'delivery'; updateId: number; status: number }
);

type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
export type NewTranscriptEntry = DistributiveOmit<TranscriptEntry, 'seq' | 'at' | 'realAt'>;

/** What passed between bots and the Bot API, in order. */
export type Transcript = {
  record(entry: NewTranscriptEntry): void;
  /** Entries after `seq`, of one bot or all. */
  list(filter?: { since?: number | undefined; bot?: UserId | undefined }): TranscriptEntry[];
  /** Calls back after every entry; returns how to stop. */
  onRecord(listener: (entry: TranscriptEntry) => void): () => void;
  clear(): void;
};

export function createTranscript(now: () => Date): Transcript {
  let entries: TranscriptEntry[] = [];
  let seq = 0;
  const listeners = new Set<(entry: TranscriptEntry) => void>();
  return {
    record(entry) {
      seq += 1;
      const recorded = { seq, at: now().toISOString(), realAt: new Date().toISOString(), ...entry };
      entries.push(recorded);
      if (entries.length > KEPT_ENTRIES * 1.1) entries = entries.slice(-KEPT_ENTRIES);
      for (const listener of listeners) listener(recorded);
    },
    list: ({ since = 0, bot } = {}) =>
      entries.filter((entry) => entry.seq > since && (bot === undefined || entry.bot === bot)),
    onRecord(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clear() {
      entries = [];
    },
  };
}
