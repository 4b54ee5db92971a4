import type { Language } from '#core/statuses.ts';
import type { Environment } from '#process/config/read-variables.ts';

/** The language a person at this terminal has chosen, English unless it is Russian. */
export const terminalLanguage = (env: Environment): Language =>
  (env.LC_ALL || env.LC_MESSAGES || env.LANG || '').toLowerCase().startsWith('ru') ? 'ru' : 'en';
