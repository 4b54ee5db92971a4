import { Composer } from 'grammy';
import { includesRole } from '#core/roles.ts';
import { createConnectLink } from '#db/commands/create-connect-link.ts';
import { listAccounts } from '#db/queries/list-accounts.ts';
import { callbacks } from '../../callbacks.ts';
import type { BotContext } from '../../context.ts';
import type { BotDeps } from '../../deps.ts';
import { toMessage } from '../../screen.ts';
import { accountsScreen, connectLinkScreen } from './view.ts';

/** `/accounts` lists them; connecting one happens on a page outside of Telegram, to which a button leads once. */
export const accountsFeature = (deps: BotDeps): Composer<BotContext> => {
  const composer = new Composer<BotContext>();
  composer.chatType('private').command('accounts', async (ctx) => {
    if (!ctx.operator) return void (await ctx.reply(ctx.t('bot-members-only')));
    const { workspaceId, role } = ctx.operator;
    const now = deps.clock.now();
    const accounts = await listAccounts({ db: deps.db, workspaceId });
    const screen = accountsScreen({ accounts, mayConnect: includesRole(role, 'admin') }, now, ctx.t);
    const { text, options } = toMessage(screen);
    await ctx.reply(text, options);
  });
  composer.chatType('private').callbackQuery(callbacks.connectAccount, async (ctx) => {
    await ctx.answerCallbackQuery();
    if (!ctx.operator) return;
    if (!deps.miniappUrl) return void (await ctx.reply(ctx.t('bot-accounts-no-address')));
    const { operatorId, role, workspaceId } = ctx.operator;
    const actor = { kind: 'operator', operatorId, role } as const;
    const { token } = await createConnectLink({ db: deps.db, actor, workspaceId, now: deps.clock.now() });
    const { text, options } = toMessage(
      connectLinkScreen(`${deps.miniappUrl}/connect#${token.reveal()}`, ctx.t),
    );
    await ctx.reply(text, options);
  });
  return composer;
};
