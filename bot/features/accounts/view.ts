import { recoveryMoment } from '#core/account/standing.ts';
import { includesRole, type Role } from '#core/roles.ts';
import type { AccountDetail } from '#db/queries/get-account.ts';
import type { AccountItem } from '#db/queries/list-accounts.ts';
import { errorKey, recoveryKey } from '#locales/keys.ts';
import type { Translate } from '#locales/translate.ts';
import { ACCOUNT_CHANGES, type AccountChange, callbacks } from '../../callbacks.ts';
import { type Button, escapeHtml, type Screen } from '../../screen.ts';

/** Telegram shows a hundred buttons at most. */
const ACCOUNTS_SHOWN = 90;

/** Every account with its state, a button for each, and for those who may the way to connect another. */
export const accountsScreen = (accounts: readonly AccountItem[], role: Role, t: Translate): Screen => {
  const shown = accounts.slice(0, ACCOUNTS_SHOWN);
  const lines = shown.map((account) => `${escapeHtml(nameOf(account))}: ${stateOf(account, t)}`);
  return {
    text: [`<b>${t('bot-accounts-title')}</b>`, lines.join('\n') || t('bot-status-no-accounts')].join('\n\n'),
    buttons: [
      ...shown.map((account) => [{ text: nameOf(account), data: callbacks.showAccount(account.accountId) }]),
      ...(includesRole(role, 'admin')
        ? [[{ text: t('bot-accounts-connect'), data: callbacks.connectAccount }]]
        : []),
    ],
  };
};

/** The way to the page that connects; the link stands on the button alone, so that it is not copied along with the words. */
export const connectLinkScreen = (url: string, t: Translate): Screen => ({
  text: t('bot-connect-link'),
  buttons: [[{ text: t('bot-connect-open'), url }]],
});

/** One account: how it stands, why, what brings it back, and what the reader may do with it. */
export const accountScreen = (account: AccountDetail, role: Role, t: Translate): Screen => {
  const { accountId, recovery, statusError, health, profile } = account;
  const back = recovery && recoveryMoment(recovery);
  const lines = [
    `<b>${escapeHtml(nameOf(account))}</b>`,
    t('bot-account-state', { state: stateOf(account, t) }),
    ...(recovery ? [t('bot-account-back', { how: t(recoveryKey(recovery.by)) })] : []),
    ...(back ? [t('bot-account-back-at', { at: back })] : []),
    ...(statusError ? [t(errorKey(statusError))] : []),
    t('account-health', { score: health.score }),
    ...(profile.isPremium ? [t('bot-account-premium')] : []),
    ...(profile.hasPhoto === false ? [t('bot-account-no-photo')] : []),
    ...(profile.refreshedAt ? [t('bot-account-read-at', { at: profile.refreshedAt })] : []),
    ...(profile.isLoggingOut ? [t('bot-account-logging-out')] : []),
  ];
  const logins: Button = { text: t('bot-account-logins'), data: callbacks.showLogins(accountId) };
  return {
    text: lines.join('\n'),
    buttons: [
      ...(includesRole(role, 'operator') ? [[refreshButton(accountId, t), logins]] : [[logins]]),
      ...(includesRole(role, 'admin') ? changeButtons(account, t) : []),
      [{ text: t('bot-accounts-back'), data: callbacks.showAccounts }],
    ],
  };
};

/** Asks before anything that a press could do by mistake. */
export const askScreen = (account: AccountItem, change: AccountChange, t: Translate): Screen => {
  const { accountId } = account;
  const name = escapeHtml(nameOf(account));
  return {
    text: t(`bot-account-ask-${wordOf(change)}`, { name }),
    buttons: [
      [{ text: t(`bot-account-do-${wordOf(change)}`), data: callbacks.changeAccount(change, accountId) }],
      [backTo(accountId, t)],
    ],
  };
};

export const backTo = (accountId: string, t: Translate): Button => ({
  text: t('bot-account-back-button'),
  data: callbacks.showAccount(accountId),
});

export const nameOf = ({ username, firstName }: AccountItem): string =>
  username ? `@${username}` : firstName;

const stateOf = ({ status }: AccountItem, t: Translate): string =>
  t(`account-status-${status.replaceAll('_', '-')}`);

const refreshButton = (accountId: string, t: Translate): Button => ({
  text: t('bot-account-do-refresh'),
  data: callbacks.changeAccount(ACCOUNT_CHANGES.refresh, accountId),
});

const changeButtons = ({ accountId, status }: AccountItem, t: Translate): Button[][] => {
  const ask = (change: AccountChange): Button => ({
    text: t(`bot-account-do-${wordOf(change)}`),
    data: callbacks.askAccount(change, accountId),
  });
  const { disable, enable, log_out: logOut, remove } = ACCOUNT_CHANGES;
  const works = status === 'active' || status === 'cooling' || status === 'blocked';
  const isSignedIn = status !== 'signed_out' && status !== 'banned';
  return [
    ...(works ? [[ask(disable)]] : []),
    ...(status === 'disabled' ? [[ask(enable)]] : []),
    [...(isSignedIn ? [ask(logOut)] : []), ask(remove)],
  ];
};

const wordOf = (change: AccountChange): string => {
  const found = Object.entries(ACCOUNT_CHANGES).find(([, letter]) => letter === change);
  return (found?.[0] ?? '').replaceAll('_', '-');
};
