import { DAY_MS, HOUR_MS } from '#core/duration.ts';
import type { LimitPolicy } from '#core/pacing/policy.ts';
import type { Team } from './draw-team.ts';
import { createLeanPace, roomMs } from './lean-pace.ts';
import { createRings } from './ring.ts';

/** What an account did with its slot; `campaign` counts the team's campaigns from 0. */
export type Watch = {
  attempt(account: number, atMs: number, campaign: number): void;
  /** The lane was due, and somebody else had taken the room in the community. */
  rest(account: number, atMs: number): void;
};

/** A lane with nothing to do looks again this often, as in the product. */
const LOOK_AGAIN_MS = HOUR_MS;

/**
 * Plays one team's campaigns until `endMs` as the product would: each account acts at its stored slot, judges anew with
 * the shortest pause, invites or rests, and has its next slot drawn. A campaign ends with its last person or when no
 * account may ever invite into its community again; the next one begins at once.
 */
export function playTeam(policy: LimitPolicy, team: Team, endMs: number, watch: Watch): void {
  const size = team.connectedAtMs.length;
  const communityLimit = policy.invitesPerCommunityDay;
  const pace = createLeanPace(policy, team.connectedAtMs);
  const community = createRings(1, Math.max(1, communityLimit));
  const slots = new Float64Array(size).fill(team.startsAtMs);
  let campaign = 0;
  let people = team.drawPeople();

  const room = (fromMs: number): number =>
    roomMs(community.at(0, communityLimit), communityLimit, DAY_MS, fromMs);
  const slotMs = (account: number, nowMs: number, roll: number): number =>
    Math.max(pace.ownSlotMs(account, nowMs, roll), room(nowMs));

  for (;;) {
    const account = earliest(slots);
    const nowMs = slots[account] ?? Number.POSITIVE_INFINITY;
    if (nowMs >= endMs) return;
    const atMs = slotMs(account, nowMs, 0);
    if (atMs > nowMs) {
      watch.rest(account, nowMs);
      slots[account] = atMs === Number.POSITIVE_INFINITY ? atMs : Math.min(atMs, nowMs + LOOK_AGAIN_MS);
      continue;
    }
    watch.attempt(account, nowMs, campaign);
    pace.record(account, nowMs);
    community.push(0, nowMs);
    people -= 1;
    slots[account] = slotMs(account, nowMs, team.random.next());
    const isOver = people === 0 || slots[earliest(slots)] === Number.POSITIVE_INFINITY;
    if (!isOver) continue;
    campaign += 1;
    people = team.drawPeople();
    community.clear(0);
    for (let each = 0; each < size; each += 1) {
      pace.enterCommunity(each);
      slots[each] = slotMs(each, nowMs, team.random.next());
    }
  }
}

function earliest(slots: Float64Array): number {
  let best = 0;
  for (let each = 1; each < slots.length; each += 1) {
    if ((slots[each] ?? 0) < (slots[best] ?? 0)) best = each;
  }
  return best;
}
