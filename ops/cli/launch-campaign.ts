import { type RefusalCode, Refused } from '#core/refusals.ts';
import { createCampaign } from '#db/commands/create-campaign.ts';
import { requestAudience } from '#db/commands/request-audience.ts';
import { requestCommunity } from '#db/commands/request-community.ts';
import { startCampaign } from '#db/commands/start-campaign.ts';
import type { CommandContext } from '#db/context.ts';
import type { HashPerson } from '#db/person-hash.ts';
import { type AudienceDetail, getAudience } from '#db/queries/get-audience.ts';
import { waitUntil } from './wait-until.ts';

/** Orders an audience and waits until a worker has built it. */
export async function makeAudience(
  context: () => CommandContext,
  order: Parameters<typeof requestAudience>[1],
): Promise<AudienceDetail> {
  const { audienceId } = await requestAudience(context(), order);
  return waitUntil(async () => {
    const audience = await getAudience(context(), { audienceId });
    return audience.status === 'building' ? undefined : audience;
  });
}

/** Refusals that pass by themselves once a worker has read the community with the accounts. */
const NOT_YET: readonly RefusalCode[] = ['community.unchecked', 'campaign.no_inviting_account'];
const PATIENCE_MS = 60_000;

/** Drafts a direct-add campaign and starts it as soon as its accounts have read the community. Throws Refused. */
export async function launchCampaign(
  context: () => CommandContext,
  plan: {
    name: string;
    reference: string;
    audienceId: string;
    accountIds: readonly string[];
    hashPerson: HashPerson;
  },
): Promise<string> {
  const { name, audienceId, accountIds, hashPerson } = plan;
  const { communityId } = await requestCommunity(context(), { reference: plan.reference });
  const { campaignId } = await createCampaign(context(), {
    name,
    mode: 'direct_add',
    priority: 'high',
    communityId,
    audienceId,
    accountIds,
  });
  const givesUpAt = performance.now() + PATIENCE_MS;
  await waitUntil(async () => {
    try {
      return await startCampaign(context(), { campaignId, hashPerson });
    } catch (error) {
      const mayPass = error instanceof Refused && NOT_YET.includes(error.code);
      if (!mayPass || performance.now() > givesUpAt) throw error;
      return;
    }
  });
  return campaignId;
}
