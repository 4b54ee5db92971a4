import { z } from 'zod';
import { requestRightsCheck } from '#db/commands/request-rights-check.ts';
import { defineCommand } from '../command.ts';
import { asOption } from '../operator.ts';
import { runAs } from '../run-as.ts';
import { findAccount } from './find-account.ts';

/** `usher accounts check @name @community`: a worker reads what the account may do there. */
export const accountsCheck = defineCommand({
  synopsis: '<account> <community>',
  options: { as: asOption },
  words: z.tuple([z.string().min(1), z.string().min(1)]),
  run: (flags, [name, reference]) =>
    runAs(flags.as, 'operator', async ({ context, t, say }) => {
      const { accountId } = await findAccount(context(), name);
      await requestRightsCheck(context(), { accountId, reference });
      say(t('account-rights-asked', { name, reference }));
    }),
});
