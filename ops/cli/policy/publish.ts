import { z } from 'zod';
import { publishPolicy } from '#db/commands/publish-policy.ts';
import { createPolicySigner } from '#db/policy-signature.ts';
import { listPolicies } from '#db/queries/list-policies.ts';
import { createTranslate } from '#locales/translate.ts';
import { readCommonConfig, readPolicySigningKey } from '#process/config/config.ts';
import { readEnvironment } from '#process/config/environment.ts';
import { defineCommand, option } from '../command.ts';
import { actAs, asOption } from '../operator.ts';
import { terminalLanguage } from '../terminal-language.ts';
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
    const env = readEnvironment();
    const signer = createPolicySigner(readPolicySigningKey(env));
    const t = createTranslate(terminalLanguage(env));
    const operator = await actAs(readCommonConfig(env), flags.as, 'admin');
    try {
      const context = operator.context();
      const [newest] = await listPolicies(context);
      const { version, changes } = await publishPolicy(context, {
        changes: Object.fromEntries(assignments.map(toChange)),
        basedOn: flags['based-on'] ?? newest?.version ?? 0,
        reason: flags.reason,
        signer,
      });
      process.stdout.write(
        `${t('policy-published', { version, key: signer.publicKey.toString('base64') })}\n`,
      );
      if (changes.length > 0) process.stdout.write(`${describeChanges(changes)}\n`);
      return 0;
    } finally {
      await operator.close();
    }
  },
});

/** What is no number stays a text, so that the refusal can name it. */
const toChange = (text: string): [string, number | string] => {
  const [field = '', value = ''] = text.split('=');
  return [field, Number.isNaN(Number(value)) ? value : Number(value)];
};
