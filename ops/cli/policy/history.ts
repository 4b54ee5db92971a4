import { listPolicies } from '#db/queries/list-policies.ts';
import { createTranslate } from '#locales/translate.ts';
import { readCommonConfig } from '#process/config/config.ts';
import { readEnvironment } from '#process/config/environment.ts';
import { defineCommand, noWords } from '../command.ts';
import { actAs, asOption } from '../operator.ts';
import { terminalLanguage } from '../terminal-language.ts';

/** `usher policy history`: newest first. */
export const policyHistory = defineCommand({
  synopsis: '',
  options: { as: asOption },
  words: noWords,
  async run(flags) {
    const env = readEnvironment();
    const t = createTranslate(terminalLanguage(env));
    const operator = await actAs(readCommonConfig(env), flags.as, 'viewer');
    try {
      const policies = await listPolicies(operator.context());
      if (policies.length === 0) process.stdout.write(`${t('policy-ceilings')}\n`);
      for (const { version, reason, publishedAt, rejectedAt } of policies) {
        const line = { version, at: publishedAt.toISOString(), reason };
        process.stdout.write(`${t(rejectedAt ? 'policy-version-rejected' : 'policy-version', line)}\n`);
      }
      return 0;
    } finally {
      await operator.close();
    }
  },
});
