import { recoveryMoment } from '#core/account/standing.ts';
import type { AccountItem } from '#db/queries/list-accounts.ts';
import { recoveryKey } from '#locales/keys.ts';
import type { Translate } from '#locales/translate.ts';
import { escapeHtml } from './screen.ts';

/** An account in one line: what it does next, or what brings it back. */
export const accountLine = (account: AccountItem, now: Date, t: Translate): string => {
  const name = escapeHtml(account.username ? `@${account.username}` : account.firstName);
  if (account.status !== 'active') {
    return lineOfResting(name, account, t);
  }
  return account.nextSlotAt && account.nextSlotAt > now
    ? t('bot-status-account-next', { name, at: account.nextSlotAt })
    : t('bot-status-account-ready', { name });
};

const lineOfResting = (name: string, { status, recovery }: AccountItem, t: Translate): string => {
  const state = t(`account-status-${status}`);
  const at = recovery && recoveryMoment(recovery);
  const line = at
    ? t('bot-status-account-recovers', { name, state, at })
    : t('bot-status-account-state', { name, state });
  return recovery && recovery.by !== 'time' ? `${line}, ${t(recoveryKey(recovery.by))}` : line;
};
