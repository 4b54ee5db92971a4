import type { Api, Bot } from 'grammy';
import { includesRole, type Role } from '#core/roles.ts';
import { LANGUAGES } from '#core/statuses.ts';
import { createTranslate, type Translate } from '#locales/translate.ts';
import type { BotContext } from './context.ts';

const COMMANDS = ['start', 'status', 'accounts', 'parse', 'privacy', 'stop'] as const;
/** What some roles have besides, from which role on. */
const COMMANDS_FROM = [
  ['team', 'admin'],
  ['audit', 'owner'],
] as const satisfies readonly (readonly [string, Role])[];

/** Tells Telegram the command list and the menu button: English for everybody, each other language for its speakers. */
export const publishCommands = async (
  bot: Bot<BotContext>,
  miniappUrl: string | undefined,
): Promise<void> => {
  for (const language of LANGUAGES) {
    const t = createTranslate(language);
    await bot.api.setMyCommands(describe(COMMANDS, t), {
      scope: { type: 'all_private_chats' },
      ...(language === 'en' ? {} : { language_code: language }),
    });
  }
  if (miniappUrl)
    await bot.api.setChatMenuButton({
      menu_button: { type: 'web_app', text: 'Usher', web_app: { url: miniappUrl } },
    });
};

/** One person's chat lists what their role may do besides; without more than everybody's it lists what everybody's does. */
export const publishCommandsFor = async (
  api: Api,
  chatId: number,
  role: Role | undefined,
  t: Translate,
): Promise<void> => {
  const scope = { type: 'chat', chat_id: chatId } as const;
  const more = COMMANDS_FROM.filter(([, needs]) => role && includesRole(role, needs)).map(([name]) => name);
  if (more.length === 0) await api.deleteMyCommands({ scope });
  else await api.setMyCommands(describe([...COMMANDS, ...more], t), { scope });
};

const describe = (names: readonly string[], t: Translate) =>
  names.map((command) => ({ command, description: t(`bot-command-${command}`) }));
