import type { Bot } from 'grammy';
import { LANGUAGES } from '#core/statuses.ts';
import { createTranslate } from '#locales/translate.ts';
import type { BotContext } from './context.ts';

const COMMANDS = ['start', 'status', 'accounts'] as const;

/** Tells Telegram the command list and the menu button: English for everybody, each other language for its speakers. */
export const publishCommands = async (
  bot: Bot<BotContext>,
  miniappUrl: string | undefined,
): Promise<void> => {
  for (const language of LANGUAGES) {
    const t = createTranslate(language);
    const commands = COMMANDS.map((command) => ({ command, description: t(`bot-command-${command}`) }));
    await bot.api.setMyCommands(commands, {
      scope: { type: 'all_private_chats' },
      ...(language === 'en' ? {} : { language_code: language }),
    });
  }
  if (miniappUrl)
    await bot.api.setChatMenuButton({
      menu_button: { type: 'web_app', text: 'Usher', web_app: { url: miniappUrl } },
    });
};
