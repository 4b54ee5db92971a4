import type { MiddlewareFn } from 'grammy';
import { LANGUAGES, type Language } from '#core/statuses.ts';
import { findOperatorByTelegramId } from '#db/queries/find-operator.ts';
import { createTranslate } from '#locales/translate.ts';
import type { BotContext } from '../context.ts';
import type { BotDeps } from '../deps.ts';

/** Knows who writes: sets `ctx.operator` and speaks their language, Telegram's own for strangers. */
export const recogniseOperator =
  (deps: BotDeps): MiddlewareFn<BotContext> =>
  async (ctx, next) => {
    const sender = ctx.from;
    const found = sender && (await findOperatorByTelegramId(deps.db, String(sender.id)));
    const home = found?.memberships[0];
    ctx.operator = found && home && { operatorId: found.operatorId, language: found.language, ...home };
    ctx.t = createTranslate(found?.language ?? spokenLanguage(sender?.language_code));
    await next();
  };

const spokenLanguage = (code: string | undefined): Language =>
  LANGUAGES.find((language) => code?.startsWith(language)) ?? 'en';
