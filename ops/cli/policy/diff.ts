import { z } from 'zod';
import { diffPolicies, type PolicyChange } from '#core/pacing/policy-document.ts';
import { listPolicies, policyOfVersion } from '#db/queries/list-policies.ts';
import { defineCommand, UsageError } from '../command.ts';
import { asOption } from '../operator.ts';
import { runAs } from '../run-as.ts';

const versionWord = z.coerce.number().int().min(0);

/** `usher policy diff 0 3`: a line each field. */
export const policyDiff = defineCommand({
  synopsis: '<version> <version>',
  options: { as: asOption },
  words: z.tuple([versionWord, versionWord]),
  async run(flags, [before, after]) {
    return runAs(flags.as, 'viewer', async ({ context, t, say }) => {
      const policies = await listPolicies(context());
      const of = (version: number) => {
        const policy = policyOfVersion(policies, version);
        if (!policy)
          throw new UsageError(`there is no readable version ${version}; usher policy history names them`);
        return policy;
      };
      const changes = diffPolicies(of(before), of(after));
      say(changes.length > 0 ? describeChanges(changes) : t('policy-no-difference'));
    });
  },
});

export const describeChanges = (changes: readonly PolicyChange[]): string =>
  changes.map(({ field, before, after }) => `  ${field}: ${before} → ${after}`).join('\n');
