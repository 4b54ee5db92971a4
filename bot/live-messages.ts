import type { Api } from 'grammy';
import type { Role } from '#core/roles.ts';
import { listBotMessages } from '#db/bot-messages.ts';
import { createTranslate, type Translate } from '#locales/translate.ts';
import type { BotDeps } from './deps.ts';
import { showInPlace } from './edited-message.ts';
import type { Screen } from './screen.ts';

/** Telegram allows about one message a second in a chat; edits of what moves all the time stay well below. */
const EDIT_PAUSE_MS = 2_000;

/** A kind of message that follows its workspace: its key, and how its screen is made for each reader. */
export type LiveMessage = {
  key: string;
  load(workspaceId: string): Promise<(reader: { role: Role; t: Translate }) => Screen>;
};

export type LiveMessages = {
  /** Something of the workspace has changed: its live messages follow within two seconds. */
  touch(workspaceId: string): void;
  stop(): Promise<void>;
};

/** Keeps every operator's live messages true, each with at most one edit in two seconds. */
export const createLiveMessages = (deps: BotDeps, api: Api, kinds: readonly LiveMessage[]): LiveMessages => {
  const waiting = new Map<string, NodeJS.Timeout>();
  const running = new Set<Promise<void>>();

  const refresh = async (workspaceId: string): Promise<void> => {
    for (const { key, load } of kinds) {
      const messages = await listBotMessages(deps.db, { workspaceId, key });
      if (messages.length === 0) continue;
      const show = await load(workspaceId);
      for (const message of messages) {
        const screen = show({ role: message.role, t: createTranslate(message.language) });
        await showInPlace(deps, api, { ...message, key }, screen);
      }
    }
  };

  const fire = (workspaceId: string): void => {
    waiting.delete(workspaceId);
    const work = refresh(workspaceId)
      .catch((err: unknown) => deps.log.warn({ err, workspaceId }, 'live messages were not refreshed'))
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
