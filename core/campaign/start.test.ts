import { describe, expect, it } from 'vitest';
import { judgeStart, type StartFacts } from './start.ts';

const facts: StartFacts = {
  status: 'draft',
  community: { kind: 'supergroup', membersCount: 5000 },
  audienceStatus: 'ready',
  accounts: [{ status: 'active', wantsPerson: false, mayInvite: true }],
  targets: { total: 10, collected: 0 },
  isCollectedAcknowledged: false,
};

const refusalOf = (changes: Partial<StartFacts>) => {
  const verdict = judgeStart({ ...facts, ...changes });
  return verdict.ok ? undefined : verdict.refusal.code;
};

describe('a campaign', () => {
  it('starts when nothing speaks against it', () => {
    expect(refusalOf({})).toBeUndefined();
  });

  it.each<[string, Partial<StartFacts>]>([
    ['campaign.already_running', { status: 'running' }],
    ['campaign.not_startable', { status: 'cancelled' }],
    ['community.unchecked', { community: null }],
    ['campaign.channel_full', { community: { kind: 'channel', membersCount: 201 } }],
    ['campaign.channel_full', { community: { kind: 'channel', membersCount: 200 } }],
    ['campaign.no_accounts', { accounts: [] }],
    [
      'campaign.no_inviting_account',
      { accounts: [{ status: 'active', wantsPerson: false, mayInvite: false }] },
    ],
    [
      'campaign.no_inviting_account',
      { accounts: [{ status: 'signed_out', wantsPerson: false, mayInvite: true }] },
    ],
    [
      'campaign.no_inviting_account',
      { accounts: [{ status: 'blocked', wantsPerson: true, mayInvite: true }] },
    ],
    ['audience.not_ready', { audienceStatus: 'building' }],
    ['campaign.no_targets', { targets: { total: 0, collected: 0 } }],
    ['audience.not_acknowledged', { targets: { total: 10, collected: 1 } }],
  ])('is refused with %s when %o', (code, changes) => {
    expect(refusalOf(changes)).toBe(code);
  });

  it('may add to a small channel', () => {
    expect(refusalOf({ community: { kind: 'channel', membersCount: 199 } })).toBeUndefined();
  });

  it('starts with an account that will recover by itself', () => {
    expect(
      refusalOf({ accounts: [{ status: 'cooling', wantsPerson: false, mayInvite: true }] }),
    ).toBeUndefined();
  });

  it('may add collected people once that is acknowledged', () => {
    expect(
      refusalOf({ targets: { total: 10, collected: 10 }, isCollectedAcknowledged: true }),
    ).toBeUndefined();
  });
});
