import { z } from 'zod';
import type { MenuButton } from '../bot-account.ts';
import { badRequest } from '../bot-api-error.ts';
import { type CommandScope, commandScopeSchema } from '../command-book.ts';
import { type BotCall, type BotMethod, defineMethod } from '../method.ts';
import { chatId, json, optionalText } from '../params.ts';
import { botApiChatId, getPlace } from '../places.ts';
import { checkWebAppUrl } from '../reply-markup.ts';
import { userView } from '../views.ts';

const MAX_COMMANDS = 100;

const language = optionalText.transform((code, context) => {
  if (code === undefined || /^[a-z]{2}$/.test(code)) return code ?? '';
  context.addIssue({ code: 'custom', message: 'invalid language code specified' });
  return z.NEVER;
});

const scoped = {
  scope: json(commandScopeSchema.optional(), "can't parse BotCommandScope JSON object").optional(),
  language_code: language,
};

const botCommand = z.object({
  command: z
    .string({ error: 'BOT_COMMAND_INVALID' })
    .transform((command) => command.replace(/^\//, ''))
    .refine((command) => /^[a-z0-9_]{1,32}$/.test(command), 'BOT_COMMAND_INVALID'),
  description: z.string({ error: 'BOT_COMMAND_DESCRIPTION_INVALID' }).refine((description) => {
    const { length } = description.trim();
    return length >= 1 && length <= 256;
  }, 'BOT_COMMAND_DESCRIPTION_INVALID'),
});

const menuButton = z.discriminatedUnion(
  'type',
  [
    z.object({ type: z.literal('default') }),
    z.object({ type: z.literal('commands') }),
    z.object({
      type: z.literal('web_app'),
      text: z.string({ error: 'MENU_BUTTON_TEXT_INVALID' }).min(1, 'MENU_BUTTON_TEXT_INVALID'),
      web_app: z.object({ url: z.string() }, { error: 'MENU_BUTTON_URL_INVALID' }),
    }),
  ],
  { error: "can't parse menu button: MenuButton has unsupported type" },
);

/** Texts of the bot's page: method suffix, result field, longest text. */
const PROFILE_TEXTS: [suffix: string, field: string, maxLength: number][] = [
  ['Name', 'name', 64],
  ['Description', 'description', 512],
  ['ShortDescription', 'short_description', 120],
];

export const botSettingMethods: BotMethod[] = [
  defineMethod('getMe', {}, ({ bot, account }) => ({
    ...userView(bot),
    can_join_groups: true,
    can_read_all_group_messages: false,
    supports_inline_queries: false,
    can_connect_to_business: false,
    has_main_web_app: account.menuButton.type === 'web_app',
  })),

  defineMethod('logOut', {}, ({ account }) => {
    account.loggedOut = true;
    account.queue.interrupt('terminated by logOut request');
    return true;
  }),

  defineMethod('close', {}, () => true),

  defineMethod(
    'setMyCommands',
    {
      commands: json(
        z
          .array(botCommand, { error: "can't parse commands: Array of BotCommand expected" })
          .max(MAX_COMMANDS, 'BOT_COMMANDS_TOO_MUCH'),
        "can't parse commands JSON object",
      ),
      ...scoped,
    },
    (call, params) => {
      call.account.commands.set(knownScope(call, params.scope), params.language_code, params.commands);
      return true;
    },
  ),

  defineMethod('getMyCommands', scoped, (call, params) =>
    call.account.commands.get(knownScope(call, params.scope), params.language_code),
  ),

  defineMethod('deleteMyCommands', scoped, (call, params) => {
    call.account.commands.delete(knownScope(call, params.scope), params.language_code);
    return true;
  }),

  defineMethod(
    'setChatMenuButton',
    {
      chat_id: chatId.optional(),
      menu_button: json(menuButton.optional(), "can't parse menu button JSON object").optional(),
    },
    (call, params) => {
      const button: MenuButton = params.menu_button ?? { type: 'default' };
      if (button.type === 'web_app') checkWebAppUrl(button.web_app.url);
      if (params.chat_id === undefined) {
        call.account.menuButton = button.type === 'default' ? { type: 'commands' } : button;
      } else {
        call.account.menuButtons.set(getPrivateChat(call, params.chat_id), button);
      }
      return true;
    },
  ),

  defineMethod('getChatMenuButton', { chat_id: chatId.optional() }, (call, params) => {
    if (params.chat_id === undefined) return call.account.menuButton;
    return call.account.menuButtons.get(getPrivateChat(call, params.chat_id)) ?? { type: 'default' };
  }),

  ...PROFILE_TEXTS.flatMap(([suffix, field, maxLength]) => [
    defineMethod(`setMy${suffix}`, { [field]: optionalText, language_code: language }, (call, params) => {
      const text = params[field] ?? '';
      if (text.length > maxLength) throw badRequest(`bot ${field.replace('_', ' ')} is too long`);
      call.account.profileTexts.set(`${field}:${params.language_code ?? ''}`, text);
      return true;
    }),
    defineMethod(`getMy${suffix}`, { language_code: language }, ({ account, bot }, params) => {
      const fallback = field === 'name' ? bot.firstName : '';
      const find = (code: string) => account.profileTexts.get(`${field}:${code}`) || undefined;
      return { [field]: find(params.language_code) ?? find('') ?? fallback };
    }),
  ]),
];

/** Chats of a scope are kept by number, whichever way they were named; the bot must know them. */
function knownScope(call: BotCall, scope: CommandScope | undefined): CommandScope {
  if (!scope) return { type: 'default' };
  if (!('chat_id' in scope)) return scope;
  const place = getPlace(call.world, call.bot, scope.chat_id);
  const id = 'user' in place ? place.user.id : String(botApiChatId(place.chat));
  return { ...scope, chat_id: id };
}

function getPrivateChat(call: BotCall, reference: string): string {
  const place = getPlace(call.world, call.bot, reference);
  if (!('user' in place)) throw badRequest('chat not found');
  return place.user.id;
}
