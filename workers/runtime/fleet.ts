import type { Clock } from '#core/clock.ts';
import type { Db } from '#db/context.ts';
import { beatNode, drainNode, findLostNodes, type Hello, helloNode, retireNode } from '#db/nodes.ts';
import { describeError, type Log } from './log.ts';
import { type Loop, startLoop } from './loop.ts';

export type FleetDeps = {
  db: Db;
  clock: Clock & { anchor?(earliestMs: number, latestMs: number): void };
  log: Log;
};

export type Membership = {
  /** For people. */
  name: string;
  /** How many accounts were its share when it said hello. */
  share: number;
  /** The worker is at work, and says so from now on; `onShare` hears each time what its share is by now. */
  begin(onShare: (share: number) => void): void;
  /** It takes no new work any more. */
  drain(): Promise<void>;
  /** It ends in order: nobody misses it. */
  leave(): Promise<void>;
};

/**
 * Says hello and then, three times in a lease's term, that this worker is alive; each answer carries the database's
 * clock, which all nodes share. Notices other nodes that have fallen silent.
 */
export async function joinFleet(deps: FleetDeps, machine: Omit<Hello, 'pid'>): Promise<Membership> {
  const { db, clock, log } = deps;
  const { runId } = machine;
  const context = () => ({ db, now: clock.now() });
  /** The database read its clock somewhere between the question and the answer. */
  const anchor = (realMs: number, askedAt: number) =>
    clock.anchor?.(realMs, realMs + performance.now() - askedAt);
  const hello = async () => {
    const askedAt = performance.now();
    const registration = await helloNode(context(), { ...machine, pid: process.pid }, isAlive);
    anchor(registration.realMs, askedAt);
    return registration;
  };
  const beat = async (onShare: (share: number) => void) => {
    const askedAt = performance.now();
    const counted = await beatNode(context(), runId);
    if (counted) anchor(counted.realMs, askedAt);
    onShare((counted ?? (await hello())).share);
    await findLostNodes(context());
    return (machine.leaseSeconds * 1000) / 3;
  };
  const { name, share } = await hello();
  let heartbeat: Loop | undefined;
  return {
    name,
    share,
    begin(onShare) {
      heartbeat = startLoop(() => beat(onShare), {
        onError: (thrown) => log.warn(describeError(thrown), 'the node could not report'),
      });
    },
    drain: () => drainNode(db, runId),
    async leave() {
      await heartbeat?.stop();
      await retireNode(db, runId);
    },
  };
}

/** Signal 0 asks whether the process is there. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
