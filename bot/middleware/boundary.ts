import { randomUUID } from 'node:crypto';
import type { BotError } from 'grammy';
import { Refused, refusalKey } from '#core/refusals.ts';
import type { BotContext } from '../context.ts';
import type { BotDeps } from '../deps.ts';

/** Refusals become their sentence; a bug becomes an apology with the id under which the log knows it. */
export const answerFailure =
  (deps: BotDeps) =>
  async ({ error, ctx }: BotError<BotContext>): Promise<void> => {
    if (error instanceof Refused) {
      await ctx.reply(ctx.t(refusalKey(error.code), error.facts));
      return;
    }
    const requestId = randomUUID().slice(0, 8);
    deps.log.error({ requestId, update: ctx.update.update_id, err: error }, 'a bot handler failed');
    await ctx.reply(ctx.t('bot-failure', { requestId })).catch(() => undefined);
  };
