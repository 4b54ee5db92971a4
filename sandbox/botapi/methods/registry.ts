import type { BotMethod } from '../method.ts';
import { botSettingMethods } from './bot-settings.ts';
import { callbackQueryMethods } from './callback-queries.ts';
import { chatMethods } from './chats.ts';
import { fileMethods } from './files.ts';
import { inviteLinkMethods } from './invite-links.ts';
import { messageMethods } from './messages.ts';
import { updateMethods } from './updates.ts';

/** Every method served, by its name in lower case: names are case-insensitive at Telegram. */
export const METHODS: ReadonlyMap<string, BotMethod> = new Map(
  [
    ...updateMethods,
    ...botSettingMethods,
    ...messageMethods,
    ...fileMethods,
    ...callbackQueryMethods,
    ...chatMethods,
    ...inviteLinkMethods,
  ].map((method) => [method.name.toLowerCase(), method]),
);
