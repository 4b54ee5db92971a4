import { conflict } from '../bot-api-error.ts';
import { isAllowed, type Update, type UpdateKind } from './update.ts';

export type Poll = { offset?: number; limit: number; timeoutMs: number; signal: AbortSignal };

/** The updates one bot has not confirmed yet, in order. */
export type UpdateQueue = {
  /** Kinds to keep from now on; empty means the default set. Updates already waiting stay. */
  allowed: readonly string[];
  readonly size: number;
  /** Appends an update; undefined when its kind is not allowed. */
  push(kind: UpdateKind, payload: object): Update | undefined;
  /** The oldest unconfirmed update. */
  first(): Update | undefined;
  /** Forgets every update below `updateId`. */
  confirm(updateId: number): void;
  clear(): void;
  /**
   * getUpdates: confirms what is below `offset`, then answers at once or waits for the next update, `timeoutMs`
   * (real) at most. A second poll ends the first with 409. Empty when `signal` aborts.
   */
  poll(poll: Poll): Promise<Update[]>;
  /** Ends a waiting poll with 409: a webhook was set. */
  interrupt(reason: string): void;
  /** Calls back after every push, until the returned function is called. */
  onPush(listener: () => void): () => void;
};

const OTHER_POLLER =
  'terminated by other getUpdates request; make sure that only one bot instance is running';

/** Starts empty; identifiers count from `firstId`. */
export function createUpdateQueue(firstId: number): UpdateQueue {
  let updates: Update[] = [];
  let nextId = firstId;
  let endWaiting: ((error: Error) => void) | undefined;
  const listeners = new Set<() => void>();

  const confirm = (updateId: number) => {
    updates = updates.filter((update) => update.update_id >= updateId);
  };

  const queue: UpdateQueue = {
    allowed: [],
    get size() {
      return updates.length;
    },
    push(kind, payload) {
      if (!isAllowed(kind, queue.allowed)) return undefined;
      const update: Update = { update_id: nextId, [kind]: payload };
      nextId += 1;
      updates.push(update);
      for (const listener of [...listeners]) listener();
      return update;
    },
    first: () => updates[0],
    confirm,
    clear() {
      updates = [];
    },
    async poll({ offset, limit, timeoutMs, signal }) {
      queue.interrupt(OTHER_POLLER);
      if (offset !== undefined && offset < 0) confirm(updates.at(offset)?.update_id ?? 0);
      else if (offset !== undefined) confirm(offset);
      if (updates.length === 0 && timeoutMs > 0 && !signal.aborted) await waitForPush(timeoutMs, signal);
      return updates.slice(0, limit);
    },
    interrupt(reason) {
      endWaiting?.(conflict(reason));
    },
    onPush(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return queue;

  function waitForPush(timeoutMs: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const settle = (end: () => void) => {
        clearTimeout(timer);
        signal.removeEventListener('abort', onEnd);
        stopListening();
        endWaiting = undefined;
        end();
      };
      const onEnd = () => settle(resolve);
      const timer = setTimeout(onEnd, timeoutMs);
      const stopListening = queue.onPush(onEnd);
      signal.addEventListener('abort', onEnd, { once: true });
      endWaiting = (error) => settle(() => reject(error));
    });
  }
}
