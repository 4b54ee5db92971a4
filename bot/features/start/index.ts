import { Composer } from 'grammy';
import { readStartPayload } from '#core/team/deep-links.ts';
import { acceptInvitation } from '#db/commands/accept-invitation.ts';
import { chooseWorkspace } from '#db/commands/choose-workspace.ts';
import { claimWithCode } from '#db/commands/claim-with-code.ts';
import type { Person } from '#db/members.ts';
import { callbackPatterns } from '../../callbacks.ts';
import { commandContext } from '../../command-context.ts';
import { publishCommandsFor } from '../../commands.ts';
import type { BotContext } from '../../context.ts';
import type { BotDeps } from '../../deps.ts';
import { showInPressed } from '../../edited-message.ts';
import { recognise, spokenLanguage } from '../../middleware/operator.ts';
import { toMessage } from '../../screen.ts';
import { startScreen } from './view.ts';

type Sender = NonNullable<BotContext['from']>;

/**
 * `/start`: greets, offers the panel, and says plainly when somebody belongs to no workspace. With an invitation or the
 * code of a claim behind it, brings the person in first.
 */
export const startFeature = (deps: BotDeps): Composer<BotContext> => {
  const composer = new Composer<BotContext>();
  const screen = (ctx: BotContext, sender: Sender) =>
    startScreen({ firstName: sender.first_name, operator: ctx.operator, miniappUrl: deps.miniappUrl }, ctx.t);

  /** A list that could not be sent is no reason to take back a greeting. */
  const listCommands = (ctx: BotContext, chatId: number) =>
    publishCommandsFor(ctx.api, chatId, ctx.operator?.role, ctx.t).catch((err: unknown) =>
      deps.log.warn({ err }, 'the commands of a chat were not published'),
    );

  composer.chatType('private').command('start', async (ctx) => {
    if (await comeIn(deps, ctx, ctx.from, ctx.match)) await recognise(deps, ctx);
    const { text, options } = toMessage(screen(ctx, ctx.from));
    await ctx.reply(text, options);
    await listCommands(ctx, ctx.chat.id);
  });
  composer.callbackQuery(callbackPatterns.workIn, async (ctx) => {
    const [, workspaceId] = ctx.match;
    const place = ctx.operator?.others.find((other) => other.workspaceId === workspaceId);
    if (!ctx.operator || !place) return void (await ctx.answerCallbackQuery(ctx.t('bot-button-outdated')));
    await ctx.answerCallbackQuery();
    await chooseWorkspace(commandContext(deps, { ...ctx.operator, ...place }));
    await recognise(deps, ctx);
    await showInPressed(ctx, screen(ctx, ctx.from));
    await listCommands(ctx, ctx.from.id);
  });
  return composer;
};

/** True when the person has come into a workspace by what stands behind `/start`. */
const comeIn = async (deps: BotDeps, ctx: BotContext, sender: Sender, match: string): Promise<boolean> => {
  const payload = readStartPayload(match);
  if (!payload) return false;
  const now = deps.clock.now();
  const person = personOf(sender);
  if (payload.kind === 'invitation') {
    await acceptInvitation(deps.db, { token: payload.token, person, now });
  } else {
    const fallbackName = ctx.t('bot-claimed-workspace', { firstName: sender.first_name });
    await claimWithCode(deps.db, { code: payload.code, owner: person, fallbackName, now });
  }
  return true;
};

const personOf = (sender: Sender): Person => ({
  telegramId: String(sender.id),
  firstName: sender.first_name,
  ...(sender.username !== undefined && { username: sender.username }),
  language: spokenLanguage(sender.language_code),
});
