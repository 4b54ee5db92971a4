import { nextLookup } from '../pacing/lookups.ts';
import { type LedgerWindow, nextSlot } from '../pacing/next-slot.ts';
import type { LimitPolicy } from '../pacing/policy.ts';
import type { LedgerCall, Slot, SlotReason } from '../pacing/slot.ts';
import type { AccountStatus, Basis, CampaignStatus, TargetStatus } from '../statuses.ts';
import type { TargetRule } from './target-rules.ts';

/** How this lane's account can address a person. `none`: neither it nor any other account of the campaign can. */
export type Reach = { kind: 'full' } | { kind: 'from_message' } | LookUpBy | { kind: 'none' };

/** What leads to a person nobody has seen yet. */
export type LookUpBy = { kind: 'username'; username: string } | { kind: 'phone'; phone: string };

/** A target that may be tried now, with everything that speaks against it. */
export type Candidate = {
  targetId: string;
  personId: string;
  reach: Reach;
  basis: Basis;
  isSuppressed: boolean;
  isMember: boolean;
  /** An attempt of any campaign on this person in this community that was not returned. */
  wasTried: boolean;
  refusesDirectAdd: boolean;
  isBot: boolean;
  isDeleted: boolean;
};

/** One account at work for one campaign, read under the locks of the attempt's transaction. */
export type LaneView = {
  policy: LimitPolicy;
  account: { status: AccountStatus; recoversAt: Date | null };
  campaignStatus: CampaignStatus;
  isCollectedAcknowledged: boolean;
  window: LedgerWindow;
  /** Look-ups of this account: at least the last 24 hours and every open one. */
  lookups: readonly LedgerCall[];
  /**
   * The next few open targets in order. Left out are those only another account can address. While look-ups are used
   * up, the first target with a reference has to be among them if there is one.
   */
  candidates: readonly Candidate[];
  /** When the first waiting target may be tried again; null when none waits. */
  nextTargetAt: Date | null;
};

export type Attempt = {
  kind: 'attempt';
  targetId: string;
  personId: string;
  /** Where the next slot stands while this call is open; settling it sets the real one. */
  thereafter: Slot;
};
export type LookUp = { kind: 'look_up'; targetId: string; personId: string; by: LookUpBy };
/** The target ends here, visibly. Apply it and decide again without that candidate. */
export type Skip = {
  kind: 'skip';
  targetId: string;
  status: Extract<TargetStatus, 'suppressed' | 'already_member' | 'unreachable' | 'refused'>;
  reason: TargetRule;
};
/** Why a lane waits or stops, beside the slot reasons. Words: `slot-…` in `locales`. */
export const LANE_REASONS = [
  'under_way',
  'cooling',
  'blocked',
  'target_later',
  'account',
  'campaign',
  'no_targets',
] as const;
type LaneReason = (typeof LANE_REASONS)[number];

export type WaitReason =
  | SlotReason
  | Extract<LaneReason, 'under_way' | 'cooling' | 'blocked' | 'target_later'>;
export type Wait = { kind: 'wait'; until: Date; because: WaitReason };
/** Nothing to do for this lane until something else changes. */
export type Stop = {
  kind: 'stop';
  because: SlotReason | Extract<LaneReason, 'account' | 'campaign' | 'no_targets'>;
};

export type LaneDecision = Attempt | LookUp | Skip | Wait | Stop;

/**
 * The one decision of a lane. Its attempt exceeds no limit when reserved at `now` and is never aimed at anyone
 * suppressed, already in, tried before or known to refuse. `roll` (0 to 1) draws the pause after it.
 */
export function decideNextAttempt(view: LaneView, now: Date, roll: number): LaneDecision {
  const standstill = accountStandstill(view, now);
  if (standstill) return standstill;
  if (view.campaignStatus !== 'running') return { kind: 'stop', because: 'campaign' };

  for (const candidate of view.candidates) {
    const skip = judgeCandidate(candidate, view);
    if (skip) return { kind: 'skip', targetId: candidate.targetId, ...skip };
  }
  if (view.candidates.length === 0) {
    return view.nextTargetAt
      ? { kind: 'wait', until: view.nextTargetAt, because: 'target_later' }
      : { kind: 'stop', because: 'no_targets' };
  }
  // With the shortest pause: the drawn one stands in the account's stored slot, which is why the lane is due.
  const delay = waitFor(nextSlot(view.policy, view.window, now, 0), now, isUnderWay(view.window.attempts));
  return delay ?? chooseCall(view, now, roll);
}

function accountStandstill({ account }: LaneView, now: Date): Wait | Stop | undefined {
  const { status, recoversAt } = account;
  if (status === 'active') return undefined;
  const recovers = status === 'cooling' || status === 'blocked';
  if (!recovers || !recoversAt) return { kind: 'stop', because: 'account' };
  return recoversAt > now ? { kind: 'wait', until: recoversAt, because: status } : undefined;
}

/** Why a target ends without a call; undefined when it may be called. The first reason found is the one shown. */
function judgeCandidate(candidate: Candidate, view: LaneView): Pick<Skip, 'status' | 'reason'> | undefined {
  if (candidate.isSuppressed) return { status: 'suppressed', reason: 'suppressed' };
  if (candidate.isMember) return { status: 'already_member', reason: 'already_member' };
  if (candidate.isDeleted) return { status: 'unreachable', reason: 'is_deleted' };
  if (candidate.isBot) return { status: 'refused', reason: 'is_bot' };
  if (candidate.wasTried) return { status: 'refused', reason: 'tried_before' };
  if (candidate.refusesDirectAdd) return { status: 'refused', reason: 'refuses_direct_add' };
  if (candidate.basis === 'collected' && !view.isCollectedAcknowledged) {
    return { status: 'refused', reason: 'collected_not_acknowledged' };
  }
  return candidate.reach.kind === 'none' ? { status: 'unreachable', reason: 'unreachable' } : undefined;
}

/** The first candidate that may be called now: by reference, or by username or phone while look-ups last. */
function chooseCall(view: LaneView, now: Date, roll: number): LaneDecision {
  const lookup = nextLookup(view.policy, view.lookups, now);
  const mayLookUp = !waitFor(lookup, now, isUnderWay(view.lookups));
  const chosen = view.candidates.find(({ reach }) => !isLookUp(reach) || mayLookUp);
  if (!chosen)
    return waitFor(lookup, now, isUnderWay(view.lookups)) ?? { kind: 'stop', because: 'no_targets' };
  const { targetId, personId, reach } = chosen;
  if (isLookUp(reach)) return { kind: 'look_up', targetId, personId, by: reach };
  return { kind: 'attempt', targetId, personId, thereafter: slotAfter(view, now, roll) };
}

const isLookUp = (reach: Reach): reach is LookUpBy => reach.kind === 'username' || reach.kind === 'phone';

function slotAfter({ policy, window }: LaneView, now: Date, roll: number): Slot {
  const open = { startedAt: now, countedAt: null, communityId: window.communityId };
  const after: LedgerWindow = {
    ...window,
    attempts: [...window.attempts, open],
    communityAttempts: [...window.communityAttempts, open],
    lifetimeInCommunity: window.lifetimeInCommunity + 1,
  };
  return nextSlot(policy, after, now, roll);
}

function waitFor(slot: Slot, now: Date, underWay: boolean): Wait | Stop | undefined {
  if (slot.at === null) return { kind: 'stop', because: slot.because };
  if (slot.at <= now) return undefined;
  return { kind: 'wait', until: slot.at, because: underWay ? 'under_way' : slot.because };
}

const isUnderWay = (calls: readonly LedgerCall[]): boolean => calls.some((call) => call.countedAt === null);
