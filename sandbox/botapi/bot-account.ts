import type { UserId } from '#sandbox/world/types.ts';
import { type CommandBook, createCommandBook } from './command-book.ts';
import { createUpdateQueue, type UpdateQueue } from './updates/update-queue.ts';
import type { Webhook } from './updates/webhook.ts';

export type MenuButton =
  | { type: 'default' | 'commands' }
  | { type: 'web_app'; text: string; web_app: { url: string } };

/** What the Bot API server keeps about one bot; chats and messages are the world's. */
export type BotAccount = {
  queue: UpdateQueue;
  webhook: Webhook | undefined;
  loggedOut: boolean;
  commands: CommandBook;
  /** The button of users who have no own one. */
  menuButton: MenuButton;
  menuButtons: Map<UserId, MenuButton>;
  /** Name and descriptions by `field:language`. */
  profileTexts: Map<string, string>;
  /** The keyboard now under each user's input field. */
  replyKeyboards: Map<UserId, { keyboard: { text: string }[][] }>;
  /** Pinned messages by Bot API chat id, the newest last. */
  pinned: Map<number, number[]>;
  /** Mini App CloudStorage of each user. */
  cloudStorage: Map<UserId, Map<string, string>>;
};

/** A bot nobody has configured; its update numbers count on when it had a queue before. */
export function createBotAccount(queue = createUpdateQueue(1)): BotAccount {
  return {
    queue,
    webhook: undefined,
    loggedOut: false,
    commands: createCommandBook(),
    menuButton: { type: 'commands' },
    menuButtons: new Map(),
    profileTexts: new Map(),
    replyKeyboards: new Map(),
    pinned: new Map(),
    cloudStorage: new Map(),
  };
}
