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
    await recognise(deps, ctx);
    await next();
  };

/** The same again, after something has changed who they are or where they work. */
export const recognise = async (deps: BotDeps, ctx: BotContext): Promise<void> => {
  const sender = ctx.from;
  const found = sender && (await findOperatorByTelegramId(deps.db, String(sender.id)));
  const [home, ...others] = found?.memberships ?? [];
  ctx.operator = found && home && { operatorId: found.operatorId, language: found.language, ...home, others };
  ctx.t = createTranslate(found?.language ?? spokenLanguage(sender?.language_code));
};

/** The nearest language we speak to what Telegram says of a person. */
export const spokenLanguage = (code: string | undefined): Language =>
  LANGUAGES.find((language) => code?.startsWith(language)) ?? 'en';
