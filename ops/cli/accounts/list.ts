import { recoveryMoment } from '#core/account/standing.ts';
import { type AccountItem, listAccounts } from '#db/queries/list-accounts.ts';
import { errorKey, recoveryKey } from '#locales/keys.ts';
import { createTranslate, type Translate } from '#locales/translate.ts';
import { readCommonConfig } from '#process/config/config.ts';
import { readEnvironment } from '#process/config/environment.ts';
import { defineCommand, flag, noWords } from '../command.ts';
import { actAs, asOption } from '../operator.ts';
import { terminalLanguage } from '../terminal-language.ts';

/** `usher accounts list`: how each account stands, why, and what brings it back. */
export const accountsList = defineCommand({
  synopsis: '',
  options: { as: asOption, json: flag('one JSON array') },
  words: noWords,
  async run(flags) {
    const env = readEnvironment();
    const t = createTranslate(terminalLanguage(env));
    const operator = await actAs(readCommonConfig(env), flags.as, 'viewer');
    try {
      const accounts = await listAccounts(operator.context());
      if (flags.json) process.stdout.write(`${JSON.stringify(accounts)}\n`);
      else for (const account of accounts) process.stdout.write(`${describeAccount(account, t)}\n`);
      return 0;
    } finally {
      await operator.close();
    }
  },
});

const nameOf = ({ username, firstName }: AccountItem): string => (username ? `@${username}` : firstName);

/** True when a person at the terminal means this account. */
export const isCalled = (account: AccountItem, name: string): boolean =>
  name === nameOf(account) || name === account.username;

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
