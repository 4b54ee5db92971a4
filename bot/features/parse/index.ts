import { Composer } from 'grammy';
import { Refused } from '#core/refusals.ts';
import { includesRole } from '#core/roles.ts';
import type { ParseSpeed } from '#core/statuses.ts';
import { forgetBotMessage } from '#db/bot-messages.ts';
import { cancelParseTask } from '#db/commands/cancel-parse-task.ts';
import { createParseTask } from '#db/commands/create-parse-task.ts';
import { pauseParseTask } from '#db/commands/pause-parse-task.ts';
import { requestCommunity } from '#db/commands/request-community.ts';
import { resumeParseTask } from '#db/commands/resume-parse-task.ts';
import { getParseTask, listParseTasks } from '#db/queries/list-parse-tasks.ts';
import { callbackPatterns, callbacks } from '../../callbacks.ts';
import { commandContext } from '../../command-context.ts';
import type { BotContext, KnownOperator } from '../../context.ts';
import type { BotDeps } from '../../deps.ts';
import { showAnew, showInPlace, showInPressed } from '../../edited-message.ts';
import type { LiveMessage } from '../../live-messages.ts';
import { toMessage } from '../../screen.ts';
import { getOffer, offerKey } from './offer.ts';
import { confirmScreen, offerScreen, sourceOf } from './offer-view.ts';
import { askCancelScreen, tasksScreen } from './tasks-view.ts';

const TASKS_KEY = 'tasks';

/** The list of tasks, edited whenever one moves. */
export const liveTasks = (deps: BotDeps, botUsername: string): LiveMessage => ({
  key: TASKS_KEY,
  async load(workspaceId) {
    const tasks = await listParseTasks({ db: deps.db, workspaceId });
    return ({ role, t }) => tasksScreen(tasks, { role, botUsername }, t);
  },
});

/** What looks like a community alone in a message: it is offered for collecting. */
const REFERENCE = /^\s*((?:https?:\/\/)?t\.me\/\S+|tg:\/\/resolve\S+|@\w{4,32})\s*$/i;

/**
 * `/parse`: the tasks as they move, and a short conversation that begins another: the community, the speed with its
 * estimate, the start. Each step is a button that says all it means, so that nothing is lost with a restart.
 */
export const parseFeature = (deps: BotDeps): Composer<BotContext> => {
  const composer = new Composer<BotContext>();
  const chat = composer.chatType('private');
  const addressOf = (ctx: BotContext, { workspaceId, operatorId }: KnownOperator, key: string) => ({
    ...{ workspaceId, operatorId, key },
    chatId: String(ctx.chat?.id),
  });
  const showTasks = async (ctx: BotContext, show: typeof showAnew) => {
    const operator = mustBelong(ctx);
    const screen = await liveTasks(deps, ctx.me.username).load(operator.workspaceId);
    await show(deps, ctx.api, addressOf(ctx, operator, TASKS_KEY), screen({ role: operator.role, t: ctx.t }));
  };
  const offer = async (ctx: BotContext, reference: string) => {
    const operator = mustBelong(ctx);
    const command = commandContext(deps, operator);
    const { communityId } = await requestCommunity(command, { reference });
    const screen = offerScreen(await getOffer(command, communityId), ctx.t);
    await showAnew(deps, ctx.api, addressOf(ctx, operator, offerKey(communityId)), screen);
  };

  chat.command('parse', (ctx) => (ctx.match ? offer(ctx, ctx.match) : showTasks(ctx, showAnew)));
  composer.callbackQuery(callbacks.showTasks, async (ctx) => {
    await ctx.answerCallbackQuery();
    await showTasks(ctx, showAnew);
  });
  composer.callbackQuery(callbacks.askForCommunity, async (ctx) => {
    await ctx.answerCallbackQuery();
    await ctx.reply(ctx.t('bot-parse-ask'));
  });
  chat.hears(REFERENCE, async (ctx, next) => {
    if (!ctx.operator || !includesRole(ctx.operator.role, 'operator')) return next();
    await offer(ctx, ctx.match[1] ?? '');
  });

  for (const [pattern, command] of [
    [callbackPatterns.pauseTask, pauseParseTask],
    [callbackPatterns.resumeTask, resumeParseTask],
  ] as const) {
    composer.callbackQuery(pattern, async (ctx) => {
      await ctx.answerCallbackQuery();
      await command(commandContext(deps, mustBelong(ctx)), { taskId: ctx.match[1] ?? '' });
      await showTasks(ctx, showInPlace);
    });
  }
  composer.callbackQuery(callbackPatterns.askCancel, async (ctx) => {
    await ctx.answerCallbackQuery();
    const task = await getParseTask(commandContext(deps, mustBelong(ctx)), { taskId: ctx.match[1] ?? '' });
    const { text, options } = toMessage(askCancelScreen(task, ctx.t));
    await ctx.reply(text, options);
  });
  composer.callbackQuery(callbackPatterns.cancelTask, async (ctx) => {
    await ctx.answerCallbackQuery();
    await cancelParseTask(commandContext(deps, mustBelong(ctx)), { taskId: ctx.match[1] ?? '' });
    await showInPressed(ctx, { text: ctx.t('bot-parse-cancelled'), buttons: [] });
    await showTasks(ctx, showInPlace);
  });
  composer.callbackQuery(callbackPatterns.showOffer, async (ctx) => {
    await ctx.answerCallbackQuery();
    const found = await getOffer(commandContext(deps, mustBelong(ctx)), ctx.match[1] ?? '');
    await showInPressed(ctx, offerScreen(found, ctx.t));
  });
  composer.callbackQuery(callbackPatterns.chooseSpeed, async (ctx) => {
    await ctx.answerCallbackQuery();
    const [, communityId = '', speed] = ctx.match;
    const operator = mustBelong(ctx);
    const found = await getOffer(commandContext(deps, operator), communityId);
    // From here on it says what was chosen, whatever accounts read meanwhile.
    await forgetBotMessage(deps.db, addressOf(ctx, operator, offerKey(communityId)));
    await showInPressed(ctx, confirmScreen(found, speed as ParseSpeed, ctx.t));
  });
  composer.callbackQuery(callbackPatterns.startParse, async (ctx) => {
    await ctx.answerCallbackQuery();
    const [, communityId = '', speed] = ctx.match;
    const command = commandContext(deps, mustBelong(ctx));
    const source = sourceOf((await getOffer(command, communityId)).community);
    // The pattern lets nothing but speeds through.
    await createParseTask(command, { communityId, source, speed: speed as ParseSpeed, priority: 'normal' });
    await showInPressed(ctx, { text: ctx.t('bot-parse-started'), buttons: [] });
    await showTasks(ctx, showAnew);
  });
  return composer;
};

const mustBelong = ({ operator }: BotContext): KnownOperator => {
  if (!operator) throw new Refused('forbidden');
  return operator;
};
