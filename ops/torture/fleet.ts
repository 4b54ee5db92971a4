import type { Random } from '#sandbox/world/random.ts';
import type { Child } from '../cli/children.ts';
import { withJumpingClock } from './host-clock.ts';
import { patiently } from './patiently.ts';
import type { Recovery } from './recovery.ts';
import { WORKERS } from './shape.ts';
import type { Stage } from './stage.ts';

export type Worker = { child: Child; nodeId: string; isFrozen: boolean };

/** The worker processes; `onOwnEnd` hears of one that ends unasked. What dies is started again, so that there are as many as before. */
export type Fleet = {
  /** Workers that run and are not frozen. */
  running(): Worker[];
  /** The running worker that holds the account's lease. */
  holderOf(accountId: string): Promise<Worker | undefined>;
  /** Resolves when it is dead; its successor may still be starting. */
  kill(worker: Worker): Promise<void>;
  /** Stops it as an orderly restart does. */
  restart(worker: Worker): Promise<void>;
  freeze(worker: Worker): Promise<void>;
  thaw(worker: Worker): void;
  /** Resolves when as many workers as there should be are at work. */
  whole(): Promise<void>;
};

export async function startFleet(
  stage: Stage,
  recovery: Recovery,
  random: Random,
  onOwnEnd: () => void,
): Promise<Fleet> {
  const { sql } = stage;
  const workers = new Set<Worker>();
  let number = 0;
  let starting: Promise<void> = Promise.resolve();

  /** One start at a time. */
  function add(): Promise<void> {
    starting = starting.catch(() => {}).then(startOne);
    return starting;
  }
  async function startOne(): Promise<void> {
    number += 1;
    const env = withJumpingClock(random);
    const child = await startPatiently(() => stage.startParts(`worker-${number}`, ['worker'], env));
    const [node] = await patiently(
      () => sql<{ run_id: string }[]>`select run_id from node where pid = ${child.pid}`,
    );
    if (!node) throw new Error(`${child.name} has not reported itself`);
    const worker = { child, nodeId: node.run_id, isFrozen: false };
    workers.add(worker);
    void child.exited.then(() => {
      if (!workers.delete(worker)) return;
      onOwnEnd();
      add().catch(() => {});
    });
  }
  const heldBy = async ({ nodeId }: Worker): Promise<string[]> => {
    const rows = await patiently(
      () => sql<{ telegram_id: string }[]>`
        select a.telegram_id from lease l join account a on a.id = l.account_id where l.node_id = ${nodeId}`,
    );
    return rows.map((row) => row.telegram_id);
  };
  async function lose(worker: Worker, signal: NodeJS.Signals): Promise<void> {
    if (!workers.delete(worker)) return;
    const accounts = await heldBy(worker);
    process.kill(worker.child.pid, signal);
    if (signal === 'SIGTERM') await worker.child.stop();
    else await worker.child.exited;
    recovery.lost(accounts);
    const added = add();
    if (workers.size === 0) await added;
    added.catch(() => {});
  }

  for (let n = 0; n < WORKERS; n += 1) await add();
  return {
    running: () => [...workers].filter(({ isFrozen }) => !isFrozen),
    async holderOf(accountId) {
      const [row] = await patiently(
        () => sql<{ node_id: string | null }[]>`select node_id from lease where account_id = ${accountId}`,
      );
      return [...workers].find(({ nodeId, isFrozen }) => nodeId === row?.node_id && !isFrozen);
    },
    kill: (worker) => lose(worker, 'SIGKILL'),
    restart: (worker) => lose(worker, 'SIGTERM'),
    async freeze(worker) {
      worker.isFrozen = true;
      recovery.frozen(worker.nodeId, await heldBy(worker));
      process.kill(worker.child.pid, 'SIGSTOP');
    },
    thaw(worker) {
      process.kill(worker.child.pid, 'SIGCONT');
      recovery.thawed(worker.nodeId);
      worker.isFrozen = false;
    },
    whole: () => starting,
  };
}

const STARTS = 5;

/** A worker that starts while its database is away ends, and is started again as a supervisor would. */
async function startPatiently(start: () => Promise<Child>): Promise<Child> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await start();
    } catch (error) {
      if (tries === STARTS) throw error;
    }
  }
}
