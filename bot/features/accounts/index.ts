import { Composer } from 'grammy';
import { Refused } from '#core/refusals.ts';
import { createConnectLink } from '#db/commands/create-connect-link.ts';
import { disableAccount } from '#db/commands/disable-account.ts';
import { enableAccount } from '#db/commands/enable-account.ts';
import { removeAccount } from '#db/commands/remove-account.ts';
import { requestAuthorizationEnd } from '#db/commands/request-authorization-end.ts';
import { requestLogOut } from '#db/commands/request-log-out.ts';
import { requestRefresh } from '#db/commands/request-refresh.ts';
import { getAccount } from '#db/queries/get-account.ts';
import { listAccounts } from '#db/queries/list-accounts.ts';
import { listAuthorizations } from '#db/queries/list-authorizations.ts';
import { ACCOUNT_CHANGES, type AccountChange, callbackPatterns, callbacks } from '../../callbacks.ts';
import { commandContext } from '../../command-context.ts';
import type { BotContext, KnownOperator } from '../../context.ts';
import type { BotDeps } from '../../deps.ts';
import { showInPressed } from '../../edited-message.ts';
import { type Screen, toMessage } from '../../screen.ts';
import { askLoginEndScreen, loginsScreen } from './logins-view.ts';
import { accountScreen, accountsScreen, askScreen, connectLinkScreen } from './view.ts';

/** `/accounts`: every account, how it stands, and what a person may do with it behind buttons. */
export const accountsFeature = (deps: BotDeps): Composer<BotContext> => {
  const composer = new Composer<BotContext>();
  const list = async ({ workspaceId, role }: KnownOperator, ctx: BotContext) =>
    accountsScreen(await listAccounts({ db: deps.db, workspaceId }), role, ctx.t);
  const detail = async (operator: KnownOperator, accountId: string, ctx: BotContext) =>
    accountScreen(await getAccount(commandContext(deps, operator), { accountId }), operator.role, ctx.t);
  const logins = async (operator: KnownOperator, accountId: string, ctx: BotContext) => {
    const command = commandContext(deps, operator);
    const account = await getAccount(command, { accountId });
    const listed = await listAuthorizations(command, { accountId });
    return loginsScreen({ account, role: operator.role, ...listed }, ctx.t);
  };

  composer.chatType('private').command('accounts', async (ctx) => {
    const { text, options } = toMessage(await list(mustBelong(ctx), ctx));
    await ctx.reply(text, options);
  });

  /** What a button leads to: a screen in the place of the one it stands on. `parts` are those of its pattern. */
  const onPress = (
    trigger: string | RegExp,
    show: (press: { ctx: BotContext; operator: KnownOperator; parts: string[] }) => Promise<Screen>,
  ) =>
    composer.callbackQuery(trigger, async (ctx) => {
      await ctx.answerCallbackQuery();
      const parts = typeof ctx.match === 'string' ? [] : [...ctx.match].slice(1);
      await showInPressed(ctx, await show({ ctx, operator: mustBelong(ctx), parts }));
    });

  composer.chatType('private').callbackQuery(callbacks.connectAccount, async (ctx) => {
    await ctx.answerCallbackQuery();
    if (!deps.miniappUrl) return void (await ctx.reply(ctx.t('bot-accounts-no-address')));
    const { token } = await createConnectLink(commandContext(deps, mustBelong(ctx)));
    const { text, options } = toMessage(
      connectLinkScreen(`${deps.miniappUrl}/connect#${token.reveal()}`, ctx.t),
    );
    await ctx.reply(text, options);
  });
  onPress(callbacks.showAccounts, ({ ctx, operator }) => list(operator, ctx));
  onPress(callbackPatterns.showAccount, ({ ctx, operator, parts: [id = ''] }) => detail(operator, id, ctx));
  onPress(callbackPatterns.showLogins, ({ ctx, operator, parts: [id = ''] }) => logins(operator, id, ctx));
  onPress(callbackPatterns.askAccount, async ({ ctx, operator, parts: [change, id = ''] }) => {
    const account = await getAccount(commandContext(deps, operator), { accountId: id });
    // The pattern lets nothing else through.
    return askScreen(account, change as AccountChange, ctx.t);
  });
  onPress(callbackPatterns.changeAccount, async ({ ctx, operator, parts: [change, id = ''] }) => {
    await COMMANDS[change as AccountChange](commandContext(deps, operator), { accountId: id });
    return change === ACCOUNT_CHANGES.remove ? list(operator, ctx) : detail(operator, id, ctx);
  });
  onPress(callbackPatterns.askLoginEnd, async ({ ctx, operator, parts: [id = '', hash] }) => {
    const command = commandContext(deps, operator);
    const { authorizations } = await listAuthorizations(command, { accountId: id });
    const login = authorizations.find((one) => one.hash === hash);
    if (!login) throw new Refused('account.authorization_unknown');
    return askLoginEndScreen(await getAccount(command, { accountId: id }), login, ctx.t);
  });
  onPress(callbackPatterns.endLogin, async ({ ctx, operator, parts: [id = '', hash = ''] }) => {
    await requestAuthorizationEnd(commandContext(deps, operator), { accountId: id, hash });
    return logins(operator, id, ctx);
  });
  return composer;
};

const COMMANDS = {
  [ACCOUNT_CHANGES.refresh]: requestRefresh,
  [ACCOUNT_CHANGES.disable]: disableAccount,
  [ACCOUNT_CHANGES.enable]: enableAccount,
  [ACCOUNT_CHANGES.log_out]: requestLogOut,
  [ACCOUNT_CHANGES.remove]: removeAccount,
} as const;

const mustBelong = ({ operator }: BotContext): KnownOperator => {
  if (!operator) throw new Refused('forbidden');
  return operator;
};
