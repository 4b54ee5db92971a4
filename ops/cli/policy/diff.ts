import { z } from 'zod';
import { defaultPolicy } from '#core/pacing/policy.ts';
import { diffPolicies, type PolicyChange } from '#core/pacing/policy-document.ts';
import { listPolicies } from '#db/queries/list-policies.ts';
import { createTranslate } from '#locales/translate.ts';
import { readCommonConfig } from '#process/config/config.ts';
import { readEnvironment } from '#process/config/environment.ts';
import { defineCommand, UsageError } from '../command.ts';
import { actAs, asOption } from '../operator.ts';
import { terminalLanguage } from '../terminal-language.ts';

const versionWord = z.coerce.number().int().min(0);

/** `usher policy diff 0 3`: a line each field. */
export const policyDiff = defineCommand({
  synopsis: '<version> <version>',
  options: { as: asOption },
  words: z.tuple([versionWord, versionWord]),
  async run(flags, [before, after]) {
    const env = readEnvironment();
    const operator = await actAs(readCommonConfig(env), flags.as, 'viewer');
    try {
      const policies = await listPolicies(operator.context());
      const of = (version: number) => {
        const policy =
          version === 0 ? defaultPolicy : policies.find((item) => item.version === version)?.policy;
        if (!policy)
          throw new UsageError(`there is no readable version ${version}; see: usher policy history`);
        return policy;
      };
      const changes = diffPolicies(of(before), of(after));
      const t = createTranslate(terminalLanguage(env));
      process.stdout.write(`${changes.length > 0 ? describeChanges(changes) : t('policy-no-difference')}\n`);
      return 0;
    } finally {
      await operator.close();
    }
  },
});

export const describeChanges = (changes: readonly PolicyChange[]): string =>
  changes.map(({ field, before, after }) => `  ${field}: ${before} → ${after}`).join('\n');
