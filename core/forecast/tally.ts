import { DAY_MS } from '../duration.ts';
import type { BindingReason, Forecast } from './forecast.ts';

/** What a forecast counts on its way. */
export type Tally = {
  invited(account: number, atMs: number): void;
  waited(because: BindingReason, ms: number): void;
  sums(): Pick<Forecast, 'invites' | 'perDay' | 'binding'> & { of(account: number): number };
};

export function createTally(nowMs: number): Tally {
  const perDay: number[] = [];
  const perAccount = new Map<number, number>();
  const waits = new Map<BindingReason, number>();
  let invites = 0;
  return {
    invited(account, atMs) {
      const day = Math.floor((atMs - nowMs) / DAY_MS);
      while (perDay.length <= day) perDay.push(0);
      perDay[day] = (perDay[day] ?? 0) + 1;
      perAccount.set(account, (perAccount.get(account) ?? 0) + 1);
      invites += 1;
    },
    waited(because, ms) {
      if (ms > 0) waits.set(because, (waits.get(because) ?? 0) + ms);
    },
    sums: () => ({ invites, perDay, binding: longest(waits), of: (account) => perAccount.get(account) ?? 0 }),
  };
}

function longest(waits: ReadonlyMap<BindingReason, number>): Forecast['binding'] {
  const [first] = [...waits].sort(([, a], [, b]) => b - a);
  if (!first) return null;
  const total = [...waits.values()].reduce((sum, ms) => sum + ms, 0);
  return { because: first[0], share: first[1] / total };
}
