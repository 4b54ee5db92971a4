import type { Role } from '#core/roles.ts';
import type { Language } from '#core/statuses.ts';
import type { CommandContext } from '#db/context.ts';
import { createTranslate, type Translate } from '#locales/translate.ts';
import { readCommonConfig } from '#process/config/config.ts';
import { readEnvironment } from '#process/config/environment.ts';
import { actAs } from './operator.ts';
import { terminalLanguage } from './terminal-language.ts';

export type Terminal = {
  /** What commands and queries need, with the present moment. */
  context(): CommandContext;
  language: Language;
  t: Translate;
  /** Writes one line, or several. */
  say(text: string): void;
};

/** Does a command's work for an operator who may do what `needs` asks. Answers the exit code of a command that worked. */
export async function runAs(
  telegramId: string,
  needs: Role,
  work: (terminal: Terminal) => Promise<void>,
): Promise<0> {
  const env = readEnvironment();
  const language = terminalLanguage(env);
  const operator = await actAs(readCommonConfig(env), telegramId, needs);
  try {
    const say = (text: string) => void process.stdout.write(`${text}\n`);
    await work({ context: operator.context, language, t: createTranslate(language), say });
    return 0;
  } finally {
    await operator.close();
  }
}
