import type { Lanes } from './lanes.ts';
import type { Leases } from './leases.ts';
import type { Sessions } from './sessions.ts';

const SWEEPS_PER_IDLE = 4;

/**
 * Closes connections that nobody has used for `idleMs` and sets their accounts free for other nodes. In the lane, so
 * that no job is cut off. Answers how to stop.
 */
export function startIdleSweep(
  { leases, lanes, sessions }: { leases: Leases; lanes: Lanes; sessions: Sessions },
  idleMs: number,
): () => void {
  const isIdle = (accountId: string, heldAt: number): boolean =>
    performance.now() - Math.max(heldAt, sessions.lastUsedAt(accountId) ?? 0) > idleMs;
  const sweep = () => {
    for (const { accountId, heldAt } of leases.held()) {
      if (!isIdle(accountId, heldAt)) continue;
      void lanes.run(accountId, async () => {
        if (isIdle(accountId, heldAt)) await setFree({ leases, sessions }, accountId);
      });
    }
  };
  const timer = setInterval(sweep, idleMs / SWEEPS_PER_IDLE).unref();
  return () => clearInterval(timer);
}

/** The socket is closed before anybody else may open one. */
export async function setFree(
  { leases, sessions }: { leases: Leases; sessions: Sessions },
  accountId: string,
): Promise<void> {
  await sessions.close(accountId);
  await leases.release(accountId);
}
