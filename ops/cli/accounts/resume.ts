import { z } from 'zod';
import { resumeAccount } from '#db/commands/resume-account.ts';
import { listAccounts } from '#db/queries/list-accounts.ts';
import { defineCommand, option, UsageError } from '../command.ts';
import { asOption } from '../operator.ts';
import { runAs } from '../run-as.ts';
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
    return runAs(flags.as, 'admin', async ({ context, t, say }) => {
      const accounts = await listAccounts(context());
      const found = accounts.find((account) => isCalled(account, name));
      if (!found) throw new UsageError(`there is no account called ${name}; usher accounts list names them`);
      await resumeAccount(context(), { accountId: found.accountId, reason: flags.reason });
      say(t('account-resumed', { name }));
    });
  },
});
