import { defaultPolicy } from '#core/pacing/policy.ts';
import { POLICY_FIELDS } from '#core/pacing/policy-document.ts';
import { listPolicies } from '#db/queries/list-policies.ts';
import { createTranslate } from '#locales/translate.ts';
import { readCommonConfig } from '#process/config/config.ts';
import { readEnvironment } from '#process/config/environment.ts';
import { defineCommand, flag, noWords } from '../command.ts';
import { actAs, asOption } from '../operator.ts';
import { terminalLanguage } from '../terminal-language.ts';

/** `usher policy show`: the newest version that no worker has rejected. */
export const policyShow = defineCommand({
  synopsis: '',
  options: { as: asOption, json: flag('one JSON object') },
  words: noWords,
  async run(flags) {
    const env = readEnvironment();
    const t = createTranslate(terminalLanguage(env));
    const operator = await actAs(readCommonConfig(env), flags.as, 'viewer');
    try {
      const policies = await listPolicies(operator.context());
      const found = policies.find(({ policy, rejectedAt }) => policy && !rejectedAt);
      const policy = found?.policy ?? defaultPolicy;
      if (flags.json) {
        process.stdout.write(`${JSON.stringify({ version: found?.version ?? 0, policy })}\n`);
        return 0;
      }
      const title = found
        ? t('policy-in-force', { version: found.version, at: found.publishedAt.toISOString() })
        : t('policy-ceilings');
      const width = Math.max(...POLICY_FIELDS.map((field) => field.length));
      const rows = POLICY_FIELDS.map((field) => {
        const ceiling = policy[field] === defaultPolicy[field] ? '' : ` (${defaultPolicy[field]})`;
        return `  ${field.padEnd(width)}  ${policy[field]}${ceiling}`;
      });
      process.stdout.write(`${[title, ...rows].join('\n')}\n`);
      return 0;
    } finally {
      await operator.close();
    }
  },
});
