import { includesRole, type Role } from '#core/roles.ts';
import type { AccountItem } from '#db/queries/list-accounts.ts';
import type { AuthorizationItem } from '#db/queries/list-authorizations.ts';
import { errorKey } from '#locales/keys.ts';
import type { Translate } from '#locales/translate.ts';
import { callbacks } from '../../callbacks.ts';
import { escapeHtml, type Screen } from '../../screen.ts';
import { backTo, nameOf } from './view.ts';

export type LoginsModel = {
  account: AccountItem;
  role: Role;
  readAt: Date | null;
  authorizations: readonly AuthorizationItem[];
};

/** Telegram shows a hundred buttons and 4096 characters at most. */
const LOGINS_SHOWN = 15;

/** From where else the account is used; a button for each session that the reader may end. */
export const loginsScreen = (
  { account, role, readAt, authorizations }: LoginsModel,
  t: Translate,
): Screen => {
  const { accountId } = account;
  const shown = authorizations.slice(0, LOGINS_SHOWN);
  const mayEnd = includesRole(role, 'admin');
  return {
    text: [
      `<b>${escapeHtml(nameOf(account))}</b>`,
      readAt ? t('bot-logins-read', { at: readAt }) : t('bot-logins-unread'),
      ...shown.map((login) => lineOf(login, t)),
    ].join('\n\n'),
    buttons: [
      ...shown
        .filter(({ isCurrent, endAt }) => mayEnd && !isCurrent && !endAt)
        .map(({ hash, device }) => [
          { text: t('bot-login-end', { device }), data: callbacks.askLoginEnd(accountId, hash) },
        ]),
      [backTo(accountId, t)],
    ],
  };
};

/** Asks before a session is ended. */
export const askLoginEndScreen = (account: AccountItem, login: AuthorizationItem, t: Translate): Screen => ({
  text: t('bot-login-ask-end', { name: escapeHtml(nameOf(account)), device: escapeHtml(login.device) }),
  buttons: [
    [
      {
        text: t('bot-login-end', { device: login.device }),
        data: callbacks.endLogin(account.accountId, login.hash),
      },
    ],
    [backTo(account.accountId, t)],
  ],
});

const lineOf = (login: AuthorizationItem, t: Translate): string => {
  const { device, app, country, createdAt, activeAt, isCurrent, endAt, endError } = login;
  const shown = { device: escapeHtml(device), app: escapeHtml(app), country: escapeHtml(country) };
  return [
    t('bot-login-line', { ...shown, since: createdAt, active: activeAt }),
    ...(isCurrent ? [t('account-session-own')] : []),
    ...(endAt ? [t('account-session-ending')] : []),
    ...(endError ? [t(errorKey(endError))] : []),
  ].join('\n');
};
