import { listPolicies } from '#db/queries/list-policies.ts';
import { defineCommand, noWords } from '../command.ts';
import { asOption } from '../operator.ts';
import { runAs } from '../run-as.ts';

/** `usher policy history`: newest first. */
export const policyHistory = defineCommand({
  synopsis: '',
  options: { as: asOption },
  words: noWords,
  async run(flags) {
    return runAs(flags.as, 'viewer', async ({ context, t, say }) => {
      const policies = await listPolicies(context());
      if (policies.length === 0) say(t('policy-ceilings'));
      for (const { version, reason, publishedAt, rejectedAt } of policies) {
        const line = { version, at: publishedAt.toISOString(), reason };
        say(t(rejectedAt ? 'policy-version-rejected' : 'policy-version', line));
      }
    });
  },
});
