import { z } from 'zod';
import { integer, text } from './params.ts';

export type BotCommand = { command: string; description: string };

const chatOfScope = text("can't parse BotCommandScope: chat_id is empty");
const userOfScope = integer("can't parse BotCommandScope: invalid user_id specified");

export const commandScopeSchema = z.discriminatedUnion(
  'type',
  [
    z.object({ type: z.literal('default') }),
    z.object({ type: z.literal('all_private_chats') }),
    z.object({ type: z.literal('all_group_chats') }),
    z.object({ type: z.literal('all_chat_administrators') }),
    z.object({ type: z.literal('chat'), chat_id: chatOfScope }),
    z.object({ type: z.literal('chat_administrators'), chat_id: chatOfScope }),
    z.object({ type: z.literal('chat_member'), chat_id: chatOfScope, user_id: userOfScope }),
  ],
  { error: "can't parse BotCommandScope: unsupported type specified" },
);
export type CommandScope = z.output<typeof commandScopeSchema>;

/** A bot's command lists by scope and language. */
export type CommandBook = {
  set(scope: CommandScope, language: string, commands: BotCommand[]): void;
  delete(scope: CommandScope, language: string): void;
  /** Exactly that list, empty when it was never set. */
  get(scope: CommandScope, language: string): BotCommand[];
  /** The list a person sees: the first set one of these scopes, in each the person's language before none. */
  firstOf(scopes: CommandScope[], language: string | undefined): BotCommand[];
};

export function createCommandBook(): CommandBook {
  const lists = new Map<string, BotCommand[]>();
  const key = (scope: CommandScope, language: string) => {
    const place = 'chat_id' in scope ? scope.chat_id : '';
    const person = 'user_id' in scope ? scope.user_id : '';
    return [scope.type, place, person, language].join(' ');
  };
  return {
    set: (scope, language, commands) => void lists.set(key(scope, language), commands),
    delete: (scope, language) => void lists.delete(key(scope, language)),
    get: (scope, language) => lists.get(key(scope, language)) ?? [],
    firstOf(scopes, language) {
      const languages = language === undefined ? [''] : [language, ''];
      for (const scope of scopes) {
        for (const candidate of languages) {
          const list = lists.get(key(scope, candidate));
          if (list) return list;
        }
      }
      return [];
    },
  };
}

/** Where Telegram looks for the commands of a private chat (core.telegram.org/bots/api#determining-list-of-commands). */
export function scopesOfPrivateChat(userId: string): CommandScope[] {
  return [{ type: 'chat', chat_id: userId }, { type: 'all_private_chats' }, { type: 'default' }];
}

/** The same for a member of a group; administrators have two scopes more. */
export function scopesOfGroup(chatId: string, userId: string, isAdministrator: boolean): CommandScope[] {
  const administrator: CommandScope[] = [
    { type: 'chat_administrators', chat_id: chatId },
    { type: 'all_chat_administrators' },
  ];
  const [ofChat, ofAll] = isAdministrator ? administrator : [];
  return [
    { type: 'chat_member', chat_id: chatId, user_id: Number(userId) },
    ...(ofChat ? [ofChat] : []),
    { type: 'chat', chat_id: chatId },
    ...(ofAll ? [ofAll] : []),
    { type: 'all_group_chats' },
    { type: 'default' },
  ];
}
