import type { AccountItem } from '#db/queries/list-accounts.ts';
import type { Translate } from '#locales/translate.ts';
import { accountLine } from '../../account-line.ts';
import { callbacks } from '../../callbacks.ts';
import type { Screen } from '../../screen.ts';

/** Every account with what it does next, and for those who may, the way to connect another. */
export const accountsScreen = (
  model: { accounts: readonly AccountItem[]; mayConnect: boolean },
  now: Date,
  t: Translate,
): Screen => {
  const lines = model.accounts.map((account) => accountLine(account, now, t));
  const text = lines.length > 0 ? lines.join('\n') : t('bot-status-no-accounts');
  const connect = [{ text: t('bot-accounts-connect'), data: callbacks.connectAccount }];
  return {
    text: [`<b>${t('bot-status-accounts')}</b>`, text].join('\n'),
    buttons: model.mayConnect ? [connect] : [],
  };
};

/** The way to the page; the link stands on the button alone, so that it is not copied along with the words. */
export const connectLinkScreen = (url: string, t: Translate): Screen => ({
  text: t('bot-connect-link'),
  buttons: [[{ text: t('bot-connect-open'), url }]],
});
