import { publishEvents } from '#db/events.ts';
import { findLostNodes } from '#db/nodes.ts';
import type { BotDeps } from '../deps.ts';

const LOOK_MS = 10_000;

/** Notices workers that have fallen silent, because no other worker may be left to tell. */
export const startNodeWatch = (deps: BotDeps, everyMs = LOOK_MS): { stop(): Promise<void> } => {
  let looking: Promise<void> = Promise.resolve();
  const look = async () => {
    try {
      const lost = await findLostNodes({ db: deps.db, now: deps.clock.now() });
      if (lost > 0) await publishEvents(deps.db);
    } catch (err) {
      deps.log.warn({ err }, 'the workers could not be looked at');
    }
  };
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, everyMs);
  return {
    async stop() {
      clearInterval(timer);
      await looking;
    },
  };
};
