import { setFree } from './idle-sweep.ts';
import type { Lanes } from './lanes.ts';
import type { Leases } from './leases.ts';
import type { Sessions } from './sessions.ts';

/** Resolves when the account may open a socket. */
export type ConnectionLimit = (accountId: string) => Promise<void>;

/**
 * Bounds the open sockets of this process: above `max` the account that nobody has used for longest is disconnected and
 * set free for other nodes first. Accounts at work are left alone, so `max` has to be above the number of jobs at once.
 */
export function createConnectionLimit(
  { leases, lanes, sessions }: { leases: Leases; lanes: Lanes; sessions: Sessions },
  max: number,
): ConnectionLimit {
  const seated = new Set<string>();
  let turn: Promise<void> = Promise.resolve();

  const longestUnused = (): string | undefined => {
    let found: { accountId: string; usedAt: number } | undefined;
    for (const accountId of seated) {
      const usedAt = sessions.lastUsedAt(accountId) ?? 0;
      if (!lanes.isBusy(accountId) && (!found || usedAt < found.usedAt)) found = { accountId, usedAt };
    }
    return found?.accountId;
  };

  const makeRoom = async (accountId: string): Promise<void> => {
    const open = new Set(sessions.open());
    for (const id of seated) if (!open.has(id)) seated.delete(id);
    while (seated.size >= max && !seated.has(accountId)) {
      const leaves = longestUnused();
      if (leaves === undefined) break;
      seated.delete(leaves);
      // Its lane is idle at this moment, so this is the first thing that happens in it.
      await lanes.run(leaves, () => setFree({ leases, sessions }, leaves));
    }
    seated.add(accountId);
  };

  return (accountId) => {
    turn = turn.then(() => makeRoom(accountId));
    return turn;
  };
}
