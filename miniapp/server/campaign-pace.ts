import { DAY_MS, HOUR_MS } from '#core/duration.ts';
import type { CampaignStatus } from '#core/statuses.ts';
import type { CampaignDetail } from '#miniapp/contract/campaigns.ts';

/** Below this age a campaign says too little about its pace. */
const TELLING_MS = 6 * HOUR_MS;

/**
 * How fast a campaign moves, and how long what is left takes at that pace. The pace is that of the last 24 hours of
 * business time, or of the campaign's whole life when it is younger.
 */
export const judgePace = (facts: {
  status: CampaignStatus;
  startedAt: Date | null;
  open: number;
  settledLastDay: number;
  now: Date;
}): CampaignDetail['pace'] => {
  const { status, startedAt, open, settledLastDay, now } = facts;
  const ageMs = startedAt ? now.getTime() - startedAt.getTime() : 0;
  const isTelling = status === 'running' && settledLastDay > 0 && ageMs >= TELLING_MS;
  return {
    settledLastDay,
    timeLeftMs: isTelling ? Math.round((open * Math.min(ageMs, DAY_MS)) / settledLastDay) : null,
  };
};
