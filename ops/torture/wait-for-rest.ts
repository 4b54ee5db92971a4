import { setTimeout as wait } from 'node:timers/promises';
import { DAY_MS } from '#core/duration.ts';
import type { Lifecycle } from '#process/lifecycle.ts';
import { patiently } from './patiently.ts';
import { DEADLINE_MS } from './shape.ts';
import type { Stage } from './stage.ts';

/** Longer than a lost answer takes to be settled and the person to be tried again. */
const STANDSTILL_MS = 2 * DEADLINE_MS;
const LONGEST_MS = 180_000;
const INTERVAL_MS = 250;

/**
 * Waits until every target is settled or waits for more than a day of business time, or nothing has been settled for so
 * long that nothing more will be.
 */
export async function waitForRest({ sql, clock }: Stage, lifecycle: Lifecycle): Promise<void> {
  const givesUpAt = performance.now() + LONGEST_MS;
  let open = Number.POSITIVE_INFINITY;
  let changedAt = performance.now();
  while (!lifecycle.isStopping && performance.now() < givesUpAt) {
    const [row] = await patiently(
      () => sql<{ open: number }[]>`
        select count(*)::int as open from target
        where status in ('pending', 'attempting')
          or (status = 'waiting' and not_before <= ${new Date(clock.now().getTime() + DAY_MS)})`,
    );
    if (row?.open === 0) return;
    if (row && row.open !== open) {
      open = row.open;
      changedAt = performance.now();
    }
    if (performance.now() - changedAt > STANDSTILL_MS) return;
    await wait(INTERVAL_MS);
  }
}
