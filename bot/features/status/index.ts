import { Composer } from 'grammy';
import { getStatus } from '#db/queries/get-status.ts';
import { callbacks } from '../../callbacks.ts';
import type { BotContext } from '../../context.ts';
import type { BotDeps } from '../../deps.ts';
import { showAnew, showInPlace } from '../../edited-message.ts';
import { statusScreen } from './view.ts';

export const STATUS_KEY = 'status';

/** `/status` sends the status message anew, at the foot of the chat; from then on it is edited in place. */
export const statusFeature = (deps: BotDeps): Composer<BotContext> => {
  const composer = new Composer<BotContext>();
  const address = (ctx: BotContext, operator: NonNullable<BotContext['operator']>) => ({
    workspaceId: operator.workspaceId,
    operatorId: operator.operatorId,
    key: STATUS_KEY,
    chatId: String(ctx.chat?.id),
  });
  const screen = async (ctx: BotContext, workspaceId: string) =>
    statusScreen(
      await getStatus({ db: deps.db, workspaceId }),
      { now: deps.clock.now(), miniappUrl: deps.miniappUrl },
      ctx.t,
    );

  composer.chatType('private').command('status', async (ctx) => {
    if (!ctx.operator) return void (await ctx.reply(ctx.t('bot-members-only')));
    await showAnew(deps, ctx.api, address(ctx, ctx.operator), await screen(ctx, ctx.operator.workspaceId));
  });
  composer.callbackQuery(callbacks.refreshStatus, async (ctx) => {
    await ctx.answerCallbackQuery();
    if (!ctx.operator) return;
    await showInPlace(deps, ctx.api, address(ctx, ctx.operator), await screen(ctx, ctx.operator.workspaceId));
  });
  return composer;
};
