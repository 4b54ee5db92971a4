import type { CampaignSummary } from '#miniapp/contract/campaigns.ts';
import type { Tone } from '../ui/chip.tsx';
import type { Shares } from '../ui/progress.tsx';

type Counts = CampaignSummary['counts'];

/** Where people stand, in the five parts that are drawn. */
export const sharesOf = (counts: Counts): Shares => ({
  joined: counts.joined,
  alreadyMember: counts.alreadyMember,
  refused: counts.refused + counts.unreachable + counts.suppressed,
  waiting: counts.waiting,
  open: counts.pending + counts.attempting,
});

/** Whole percent of people in a final state; 100 only when all are. */
export const percentOf = ({ settled, total }: Counts): number =>
  total === 0 ? 0 : Math.floor((100 * settled) / total);

export const toneOf: Record<CampaignSummary['status'], Tone> = {
  draft: 'calm',
  scheduled: 'known',
  running: 'good',
  paused: 'warm',
  finished: 'known',
  cancelled: 'calm',
  failed: 'bad',
};
