import { z } from 'zod';
import { resumeCampaign } from '#db/commands/resume-campaign.ts';
import { findCampaignByName } from '#db/queries/find-campaign.ts';
import { getCampaign } from '#db/queries/get-campaign.ts';
import { errorKey, evidenceKey } from '#locales/keys.ts';
import { createTranslate } from '#locales/translate.ts';
import { readCommonConfig } from '#process/config/config.ts';
import { readEnvironment } from '#process/config/environment.ts';
import { defineCommand, option, UsageError } from './command.ts';
import { actAs, asOption } from './operator.ts';
import { terminalLanguage } from './terminal-language.ts';

/** `usher resume`: shows first why the campaign is paused. */
export const resume = defineCommand({
  synopsis: '<campaign>',
  options: {
    as: asOption,
    reason: option(
      '<text>',
      z.string().trim().min(1).max(500).optional(),
      'why it is safe to go on after a safety stop; kept in the audit log',
    ),
  },
  words: z.tuple([z.string().min(1)]),
  async run(flags, [name]) {
    const env = readEnvironment();
    const t = createTranslate(terminalLanguage(env));
    const operator = await actAs(readCommonConfig(env), flags.as, 'operator');
    try {
      const context = operator.context();
      const found = await findCampaignByName(context, name);
      if (!found) throw new UsageError(`there is no campaign called ${name}`);
      const { campaignId } = found;
      const { statusBecause, stops } = await getCampaign(context, { campaignId });
      if (statusBecause) process.stdout.write(`${t(errorKey(statusBecause))}\n`);
      for (const { kind, counted, sample, allowed } of stops) {
        const evidence = { counted, allowed, sample: sample ?? 0 };
        process.stdout.write(`  ${t(evidenceKey(kind), evidence)}\n`);
      }
      await resumeCampaign(context, { campaignId, reason: flags.reason });
      process.stdout.write(`${t('resume-done', { name })}\n`);
      return 0;
    } finally {
      await operator.close();
    }
  },
});
