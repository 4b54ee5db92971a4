import type { RpcLine } from '#sandbox/ledger/lines.ts';

/** How long accounts stand still when their worker dies or has been frozen. */
export type Recovery = {
  /** The worker that held these accounts, named by Telegram's ids, has died just now. */
  lost(accounts: readonly string[]): void;
  frozen(nodeId: string, accounts: readonly string[]): void;
  thawed(nodeId: string): void;
  /** Real milliseconds from each such moment to the next call of an account concerned; null for none. */
  measure(calls: readonly RpcLine[]): { p50: number | null; p99: number | null };
};

export function createRecovery(): Recovery {
  const moments: { atMs: number; accounts: ReadonlySet<string> }[] = [];
  const frozen = new Map<string, readonly string[]>();
  const note = (accounts: readonly string[]) =>
    moments.push({ atMs: Date.now(), accounts: new Set(accounts) });
  return {
    lost: note,
    frozen: (nodeId, accounts) => void frozen.set(nodeId, accounts),
    thawed: (nodeId) => note(frozen.get(nodeId) ?? []),
    measure(calls) {
      const timed = calls.map(({ realAt, account }) => ({
        atMs: Date.parse(realAt),
        account: account ?? '',
      }));
      const delays = moments
        .flatMap(({ atMs, accounts }) => {
          const next = timed.find((call) => call.atMs > atMs && accounts.has(call.account));
          return next ? [next.atMs - atMs] : [];
        })
        .sort((one, other) => one - other);
      return { p50: quantile(delays, 0.5), p99: quantile(delays, 0.99) };
    },
  };
}

const quantile = (sorted: readonly number[], part: number): number | null =>
  sorted[Math.max(0, Math.ceil(sorted.length * part) - 1)] ?? null;
