import { z } from 'zod';
import { publishPolicy } from '#db/commands/publish-policy.ts';
import { createPolicySigner } from '#db/policy-signature.ts';
import { listPolicies } from '#db/queries/list-policies.ts';
import { readPolicySigningKey } from '#process/config/config.ts';
import { readEnvironment } from '#process/config/environment.ts';
import { defineCommand, option } from '../command.ts';
import { asOption } from '../operator.ts';
import { runAs } from '../run-as.ts';
import { describeChanges } from './diff.ts';

const assignment = z.string().regex(/^[a-zA-Z]+=\S+$/);

/** `usher policy publish invitesPerAccountDay=20 --reason "..."`: fields not named stay as they are. */
export const policyPublish = defineCommand({
  synopsis: '[<field>=<number>] ...',
  options: {
    as: asOption,
    reason: option('<text>', z.string(), 'why, for whoever reads the history'),
    'based-on': option(
      '<version>',
      z.coerce.number().int().min(0).optional(),
      'refuse when another version is the newest by now; the newest unless given',
    ),
  },
  words: z.array(assignment),
  async run(flags, assignments) {
    const signer = createPolicySigner(readPolicySigningKey(readEnvironment()));
    return runAs(flags.as, 'admin', async ({ context, t, say }) => {
      const ctx = context();
      const [newest] = await listPolicies(ctx);
      const { version, changes } = await publishPolicy(ctx, {
        changes: Object.fromEntries(assignments.map(toChange)),
        basedOn: flags['based-on'] ?? newest?.version ?? 0,
        reason: flags.reason,
        signer,
      });
      say(t('policy-published', { version, key: signer.publicKey.toString('base64') }));
      if (changes.length > 0) say(describeChanges(changes));
    });
  },
});

/** What is no number stays a text, so that the refusal can name it. */
const toChange = (text: string): [string, number | string] => {
  const [field = '', value = ''] = text.split('=');
  return [field, Number.isNaN(Number(value)) ? value : Number(value)];
};
