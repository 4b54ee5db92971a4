import { recoversByItself, type Standing } from '../account/standing.ts';
import type { AudienceStatus, CampaignStatus } from '../statuses.ts';
import type { CommunityKind } from '../telegram/user-session.ts';
import { allow, refuse, type Verdict } from '../verdict.ts';
import { transition } from './status.ts';

/** A broadcast channel takes direct adds only up to this many members (telegram.org/faq_channels). */
export const channelMemberCeiling = 200;

export type StartFacts = {
  status: CampaignStatus;
  /** Null until an account has read the community. */
  community: { kind: CommunityKind; membersCount: number } | null;
  audienceStatus: AudienceStatus;
  /** The campaign's accounts; `mayInvite` is false when the right is missing or was never read. */
  accounts: readonly (Pick<Standing, 'status' | 'wantsPerson'> & { mayInvite: boolean })[];
  /** Targets by basis. */
  targets: { total: number; collected: number };
  /** The owner has acknowledged direct adds of collected people. */
  isCollectedAcknowledged: boolean;
};

/** Whether a direct-add campaign may start; the first fault found refuses it. */
export function judgeStart(facts: StartFacts): Verdict<void> {
  const move = transition(facts.status, 'start');
  if (!move.ok) return move;
  if (!facts.community) return refuse('community.unchecked');
  const { kind, membersCount } = facts.community;
  if (kind === 'channel' && membersCount >= channelMemberCeiling) {
    return refuse('campaign.channel_full', { members: membersCount, ceiling: channelMemberCeiling });
  }
  if (facts.accounts.length === 0) return refuse('campaign.no_accounts');
  if (!facts.accounts.some((account) => account.mayInvite && recoversByItself(account))) {
    return refuse('campaign.no_inviting_account');
  }
  if (facts.audienceStatus === 'building') return refuse('audience.not_ready');
  if (facts.targets.total === 0) return refuse('campaign.no_targets');
  if (facts.targets.collected > 0 && !facts.isCollectedAcknowledged) {
    return refuse('audience.not_acknowledged', { people: facts.targets.collected });
  }
  return allow(undefined);
}
