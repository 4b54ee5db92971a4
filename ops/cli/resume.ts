import { z } from 'zod';
import { resumeCampaign } from '#db/commands/resume-campaign.ts';
import { findCampaignByName } from '#db/queries/find-campaign.ts';
import { getCampaign } from '#db/queries/get-campaign.ts';
import { errorKey, evidenceKey } from '#locales/keys.ts';
import { defineCommand, option, UsageError } from './command.ts';
import { asOption } from './operator.ts';
import { runAs } from './run-as.ts';

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
    return runAs(flags.as, 'operator', async ({ context, t, say }) => {
      const ctx = context();
      const found = await findCampaignByName(ctx, name);
      if (!found) throw new UsageError(`there is no campaign called ${name}`);
      const { campaignId } = found;
      const { statusBecause, stops } = await getCampaign(ctx, { campaignId });
      if (statusBecause) say(t(errorKey(statusBecause)));
      for (const { kind, counted, sample, allowed } of stops) {
        const evidence = { counted, allowed, sample: sample ?? 0 };
        say(`  ${t(evidenceKey(kind), evidence)}`);
      }
      await resumeCampaign(ctx, { campaignId, reason: flags.reason });
      say(t('resume-done', { name }));
    });
  },
});
