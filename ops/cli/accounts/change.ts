import type { Role } from '#core/roles.ts';
import { disableAccount } from '#db/commands/disable-account.ts';
import { enableAccount } from '#db/commands/enable-account.ts';
import { removeAccount } from '#db/commands/remove-account.ts';
import { requestLogOut } from '#db/commands/request-log-out.ts';
import { requestRefresh } from '#db/commands/request-refresh.ts';
import type { CommandContext } from '#db/context.ts';
import { type Command, defineCommand, flag } from '../command.ts';
import { asOption } from '../operator.ts';
import { ask } from '../prompt.ts';
import { runAs } from '../run-as.ts';
import { accountWord, findAccount } from './find-account.ts';

type Change = {
  needs: Role;
  run(ctx: CommandContext, input: { accountId: string }): Promise<void>;
  /** The key of what is said afterwards. */
  done: string;
};

const changeAccount = ({ needs, run, done }: Change): Command =>
  defineCommand({
    synopsis: '<account>',
    options: { as: asOption },
    words: accountWord,
    run: (flags, [name]) =>
      runAs(flags.as, needs, async ({ context, t, say }) => {
        const { accountId } = await findAccount(context(), name);
        await run(context(), { accountId });
        say(t(done, { name }));
      }),
  });

/** The same for what cannot be taken back: asks first, unless told not to. */
const changeForGood = ({ needs, run, done, question }: Change & { question: string }): Command =>
  defineCommand({
    synopsis: '<account>',
    options: { as: asOption, yes: flag('do not ask first') },
    words: accountWord,
    run: (flags, [name]) =>
      runAs(flags.as, needs, async ({ context, t, say }) => {
        const { accountId } = await findAccount(context(), name);
        if (!flags.yes && (await ask(t(question, { name }))) !== name) return say(t('account-unchanged'));
        await run(context(), { accountId });
        say(t(done, { name }));
      }),
  });

/** `usher accounts disable @name`: its session stays and is not used. */
export const accountsDisable = changeAccount({
  needs: 'admin',
  run: disableAccount,
  done: 'account-disabled',
});

/** `usher accounts enable @name` */
export const accountsEnable = changeAccount({ needs: 'admin', run: enableAccount, done: 'account-enabled' });

/** `usher accounts refresh @name`: profile and sessions are read by a worker. */
export const accountsRefresh = changeAccount({
  needs: 'operator',
  run: requestRefresh,
  done: 'account-refresh-asked',
});

/** `usher accounts logout @name`: a worker ends the session at Telegram. */
export const accountsLogOut = changeForGood({
  needs: 'admin',
  run: requestLogOut,
  question: 'account-ask-log-out',
  done: 'account-log-out-asked',
});

/** `usher accounts remove @name` */
export const accountsRemove = changeForGood({
  needs: 'admin',
  run: removeAccount,
  question: 'account-ask-remove',
  done: 'account-removed',
});
