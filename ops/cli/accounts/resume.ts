import { z } from 'zod';
import { resumeAccount } from '#db/commands/resume-account.ts';
import { listAccounts } from '#db/queries/list-accounts.ts';
import { createTranslate } from '#locales/translate.ts';
import { readCommonConfig } from '#process/config/config.ts';
import { readEnvironment } from '#process/config/environment.ts';
import { defineCommand, option, UsageError } from '../command.ts';
import { actAs, asOption } from '../operator.ts';
import { terminalLanguage } from '../terminal-language.ts';
import { isCalled } from './list.ts';

/** `usher accounts resume @name`: after repeated spam warnings only a person may. */
export const accountsResume = defineCommand({
  synopsis: '<account>',
  options: {
    as: asOption,
    reason: option(
      '<text>',
      z.string().trim().min(1).max(500),
      'why it may act again; kept in the audit log',
    ),
  },
  words: z.tuple([z.string().min(1)]),
  async run(flags, [name]) {
    const env = readEnvironment();
    const t = createTranslate(terminalLanguage(env));
    const operator = await actAs(readCommonConfig(env), flags.as, 'admin');
    try {
      const accounts = await listAccounts(operator.context());
      const found = accounts.find((account) => isCalled(account, name));
      if (!found) throw new UsageError(`there is no account called ${name}; see: usher accounts list`);
      await resumeAccount(operator.context(), { accountId: found.accountId, reason: flags.reason });
      process.stdout.write(`${t('account-resumed', { name })}\n`);
      return 0;
    } finally {
      await operator.close();
    }
  },
});
