import type { Api } from 'grammy';
import { listBotMessages } from '#db/bot-messages.ts';
import { getStatus } from '#db/queries/get-status.ts';
import { createTranslate } from '#locales/translate.ts';
import type { BotDeps } from './deps.ts';
import { showInPlace } from './edited-message.ts';
import { STATUS_KEY } from './features/status/index.ts';
import { statusScreen } from './features/status/view.ts';

/** Telegram allows about one message a second in a chat; edits of a status that moves all the time stay well below. */
const EDIT_PAUSE_MS = 2_000;

export type LiveStatus = {
  /** Something of the workspace has changed: its status messages follow within two seconds. */
  touch(workspaceId: string): void;
  stop(): Promise<void>;
};

/** Keeps every operator's status message true, with at most one edit in two seconds a workspace. */
export const createLiveStatus = (deps: BotDeps, api: Api): LiveStatus => {
  const waiting = new Map<string, NodeJS.Timeout>();
  const running = new Set<Promise<void>>();

  const refresh = async (workspaceId: string): Promise<void> => {
    const messages = await listBotMessages(deps.db, { workspaceId, key: STATUS_KEY });
    if (messages.length === 0) return;
    const model = await getStatus({ db: deps.db, workspaceId });
    const view = { now: deps.clock.now(), miniappUrl: deps.miniappUrl };
    for (const message of messages) {
      const screen = statusScreen(model, view, createTranslate(message.language));
      await showInPlace(deps, api, { ...message, key: STATUS_KEY }, screen);
    }
  };

  const fire = (workspaceId: string): void => {
    waiting.delete(workspaceId);
    const work = refresh(workspaceId)
      .catch((err: unknown) => deps.log.warn({ err, workspaceId }, 'the status message was not refreshed'))
      .finally(() => running.delete(work));
    running.add(work);
  };

  return {
    touch(workspaceId) {
      if (waiting.has(workspaceId)) return;
      waiting.set(workspaceId, setTimeout(fire, EDIT_PAUSE_MS, workspaceId));
    },
    async stop() {
      for (const timer of waiting.values()) clearTimeout(timer);
      waiting.clear();
      await Promise.all(running);
    },
  };
};
