import type { CampaignCursor } from '#db/queries/list-campaigns.ts';
import { ServerProblem } from './problems.ts';

/** The place behind a campaign as opaque text, and back; text nobody gave out is refused. */
export const writeCursor = ({ createdAt, campaignId }: CampaignCursor): string =>
  Buffer.from(`${createdAt.toISOString()} ${campaignId}`).toString('base64url');

export const readCursor = (text: string): CampaignCursor => {
  const [, moment, campaignId] =
    /^(\S{24}) ([0-9a-f-]{36})$/.exec(Buffer.from(text, 'base64url').toString()) ?? [];
  const createdAt = new Date(moment ?? '');
  if (!campaignId || Number.isNaN(createdAt.getTime())) {
    throw new ServerProblem('invalid_input', { fields: ['cursor'] });
  }
  return { createdAt, campaignId };
};
