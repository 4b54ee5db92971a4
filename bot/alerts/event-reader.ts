import type { PublishedEvent } from '#core/events.ts';
import { listEvents, readerPosition, saveReaderPosition } from '#db/events.ts';
import type { BotDeps } from '../deps.ts';

const READER = 'bot';
const PAGE = 100;
const RETRY_MS = 2_000;

export type EventReader = { wake(): void; stop(): Promise<void> };

/**
 * Hands every published event to `handle`, in order. The position is stored after the work, so that a crash repeats
 * the last event and skips none; a failure is tried again from the same event.
 */
export const createEventReader = (
  deps: BotDeps,
  handle: (event: PublishedEvent) => Promise<void>,
): EventReader => {
  let stopped = false;
  let woken = false;
  let running: Promise<void> | undefined;
  let retry: NodeJS.Timeout | undefined;

  const drain = async (): Promise<void> => {
    let position = await readerPosition(deps.db, READER);
    while (!stopped) {
      woken = false;
      const events = await listEvents(deps.db, { afterPosition: position, limit: PAGE });
      for (const event of events) {
        if (stopped) return;
        await handle(event);
        position = event.position;
        await saveReaderPosition(deps.db, READER, position);
      }
      if (events.length < PAGE && !woken) return;
    }
  };

  const wake = (): void => {
    woken = true;
    if (running || stopped) return;
    running = drain()
      .catch((err: unknown) => {
        deps.log.warn({ err }, 'an event was not handled and is tried again');
        retry = setTimeout(wake, RETRY_MS);
      })
      .finally(() => {
        running = undefined;
      });
  };

  return {
    wake,
    async stop() {
      stopped = true;
      clearTimeout(retry);
      await running;
    },
  };
};
