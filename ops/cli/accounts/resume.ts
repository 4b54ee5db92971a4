import { z } from 'zod';
import { resumeAccount } from '#db/commands/resume-account.ts';
import { defineCommand, option } from '../command.ts';
import { asOption } from '../operator.ts';
import { runAs } from '../run-as.ts';
import { accountWord, findAccount } from './find-account.ts';

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
  words: accountWord,
  async run(flags, [name]) {
    return runAs(flags.as, 'admin', async ({ context, t, say }) => {
      const { accountId } = await findAccount(context(), name);
      await resumeAccount(context(), { accountId, reason: flags.reason });
      say(t('account-resumed', { name }));
    });
  },
});
