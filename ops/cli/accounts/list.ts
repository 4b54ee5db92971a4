import { recoveryMoment } from '#core/account/standing.ts';
import { type AccountItem, listAccounts } from '#db/queries/list-accounts.ts';
import { errorKey, recoveryKey } from '#locales/keys.ts';
import type { Translate } from '#locales/translate.ts';
import { defineCommand, flag, noWords } from '../command.ts';
import { asOption } from '../operator.ts';
import { runAs } from '../run-as.ts';
import { nameOf } from './find-account.ts';

/** `usher accounts list`: how each account stands, why, and what brings it back. */
export const accountsList = defineCommand({
  synopsis: '',
  options: { as: asOption, json: flag('one JSON array') },
  words: noWords,
  async run(flags) {
    return runAs(flags.as, 'viewer', async ({ context, t, say }) => {
      const accounts = await listAccounts(context());
      if (flags.json) say(JSON.stringify(accounts));
      else for (const account of accounts) say(describeAccount(account, t));
    });
  },
});

export const describeAccount = (account: AccountItem, t: Translate): string => {
  const { status, statusError, recovery, nextSlotAt, nextSlotBecause } = account;
  const head = `${nameOf(account)}: ${t(`account-status-${status}`)}`;
  if (!recovery) {
    return nextSlotAt
      ? `${head}, ${t(`slot-${nextSlotBecause ?? 'now'}`.replaceAll('_', '-'))}, ${nextSlotAt.toISOString()}`
      : head;
  }
  const until = recoveryMoment(recovery)?.toISOString();
  const back = `${t(recoveryKey(recovery.by))}${until ? `, ${until}` : ''}`;
  const appeal = recovery.by === 'appeal' && recovery.appealUrl ? [`  ${recovery.appealUrl}`] : [];
  return [`${head}, ${back}`, ...(statusError ? [`  ${t(errorKey(statusError))}`] : []), ...appeal].join(
    '\n',
  );
};
