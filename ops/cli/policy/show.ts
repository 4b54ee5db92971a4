import { defaultPolicy } from '#core/pacing/policy.ts';
import { POLICY_FIELDS } from '#core/pacing/policy-document.ts';
import { listPolicies } from '#db/queries/list-policies.ts';
import { defineCommand, flag, noWords } from '../command.ts';
import { asOption } from '../operator.ts';
import { runAs } from '../run-as.ts';

/** `usher policy show`: the newest version that no worker has rejected. */
export const policyShow = defineCommand({
  synopsis: '',
  options: { as: asOption, json: flag('one JSON object') },
  words: noWords,
  async run(flags) {
    return runAs(flags.as, 'viewer', async ({ context, t, say }) => {
      const policies = await listPolicies(context());
      const found = policies.find(({ policy, rejectedAt }) => policy && !rejectedAt);
      const policy = found?.policy ?? defaultPolicy;
      if (flags.json) {
        say(JSON.stringify({ version: found?.version ?? 0, policy }));
        return;
      }
      const title = found
        ? t('policy-in-force', { version: found.version, at: found.publishedAt.toISOString() })
        : t('policy-ceilings');
      const width = Math.max(...POLICY_FIELDS.map((field) => field.length));
      const rows = POLICY_FIELDS.map((field) => {
        const ceiling = policy[field] === defaultPolicy[field] ? '' : ` (${defaultPolicy[field]})`;
        return `  ${field.padEnd(width)}  ${policy[field]}${ceiling}`;
      });
      say([title, ...rows].join('\n'));
    });
  },
});
