import { Composer } from 'grammy';
import { getStatus } from '#db/queries/get-status.ts';
import { callbacks } from '../../callbacks.ts';
import type { BotContext } from '../../context.ts';
import type { BotDeps } from '../../deps.ts';
import { showAnew, showInPlace } from '../../edited-message.ts';
import type { LiveMessage } from '../../live-messages.ts';
import { statusScreen } from './view.ts';

const STATUS_KEY = 'status';

/** The status message, edited whenever its workspace moves. */
export const liveStatus = (deps: BotDeps): LiveMessage => ({
  key: STATUS_KEY,
  async load(workspaceId) {
    const model = await getStatus({ db: deps.db, workspaceId });
    const view = { now: deps.clock.now(), miniappUrl: deps.miniappUrl };
    return ({ t }) => statusScreen(model, view, t);
  },
});

/** `/status` sends the status message anew, at the foot of the chat; from then on it is edited in place. */
export const statusFeature = (deps: BotDeps): Composer<BotContext> => {
  const composer = new Composer<BotContext>();
  const { key, load } = liveStatus(deps);
  const address = (ctx: BotContext, operator: NonNullable<BotContext['operator']>) => ({
    workspaceId: operator.workspaceId,
    operatorId: operator.operatorId,
    key,
    chatId: String(ctx.chat?.id),
  });

  composer.chatType('private').command('status', async (ctx) => {
    const { operator, t } = ctx;
    if (!operator) return void (await ctx.reply(ctx.t('bot-members-only')));
    const show = await load(operator.workspaceId);
    await showAnew(deps, ctx.api, address(ctx, operator), show({ role: operator.role, t }));
  });
  composer.callbackQuery(callbacks.refreshStatus, async (ctx) => {
    await ctx.answerCallbackQuery();
    const { operator, t } = ctx;
    if (!operator) return;
    const show = await load(operator.workspaceId);
    await showInPlace(deps, ctx.api, address(ctx, operator), show({ role: operator.role, t }));
  });
  return composer;
};
