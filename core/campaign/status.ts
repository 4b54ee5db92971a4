import type { RefusalCode } from '../refusals.ts';
import type { CampaignStatus } from '../statuses.ts';
import { allow, refuse, type Verdict } from '../verdict.ts';

export type CampaignEvent = 'start' | 'pause' | 'resume' | 'finish' | 'cancel' | 'fail';

const moves: Record<
  CampaignEvent,
  { from: readonly CampaignStatus[]; to: CampaignStatus; otherwise: RefusalCode }
> = {
  start: { from: ['draft', 'scheduled'], to: 'running', otherwise: 'campaign.not_startable' },
  pause: { from: ['running'], to: 'paused', otherwise: 'campaign.not_pausable' },
  resume: { from: ['paused'], to: 'running', otherwise: 'campaign.not_resumable' },
  finish: { from: ['running'], to: 'finished', otherwise: 'conflict' },
  cancel: {
    from: ['draft', 'scheduled', 'running', 'paused'],
    to: 'cancelled',
    otherwise: 'campaign.not_cancellable',
  },
  fail: { from: ['scheduled', 'running', 'paused'], to: 'failed', otherwise: 'conflict' },
};

/** The status after an event, or why the event cannot happen now. */
export function transition(from: CampaignStatus, event: CampaignEvent): Verdict<CampaignStatus> {
  if (event === 'start' && from === 'running') return refuse('campaign.already_running');
  const move = moves[event];
  return move.from.includes(from) ? allow(move.to) : refuse(move.otherwise);
}
