import { describe, expect, it } from 'vitest';
import { CAMPAIGN_STATUSES } from '../statuses.ts';
import { type CampaignEvent, transition } from './status.ts';

const events: CampaignEvent[] = ['start', 'pause', 'resume', 'finish', 'cancel', 'fail'];

describe('a campaign', () => {
  it.each([
    ['draft', 'start', 'running'],
    ['scheduled', 'start', 'running'],
    ['running', 'pause', 'paused'],
    ['paused', 'resume', 'running'],
    ['running', 'finish', 'finished'],
    ['paused', 'cancel', 'cancelled'],
    ['running', 'fail', 'failed'],
  ] as const)('that is %s becomes on %s %s', (from, event, to) => {
    expect(transition(from, event)).toEqual({ ok: true, value: to });
  });

  it.each([
    ['running', 'start', 'campaign.already_running'],
    ['finished', 'start', 'campaign.not_startable'],
    ['draft', 'pause', 'campaign.not_pausable'],
    ['running', 'resume', 'campaign.not_resumable'],
    ['finished', 'cancel', 'campaign.not_cancellable'],
    ['paused', 'finish', 'conflict'],
  ] as const)('that is %s refuses %s with %s', (from, event, code) => {
    expect(transition(from, event)).toEqual({ ok: false, refusal: { code } });
  });

  it.each(['finished', 'cancelled', 'failed'] as const)('that is %s stays so', (from) => {
    for (const event of events) expect(transition(from, event).ok).toBe(false);
  });

  it('never returns to draft', () => {
    for (const from of CAMPAIGN_STATUSES) {
      for (const event of events) expect(transition(from, event)).not.toMatchObject({ value: 'draft' });
    }
  });
});
