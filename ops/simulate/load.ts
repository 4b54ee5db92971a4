import { DAY_MS, MINUTE_MS, SECOND_MS } from '#core/duration.ts';
import type { LimitPolicy } from '#core/pacing/policy.ts';
import { drawTeam, type Team } from './draw-team.ts';
import { playTeam, type Watch } from './play-team.ts';

/** What all accounts together ask for, along the time of the run. */
export type Load = {
  seconds: number;
  teams: number;
  attempts: number;
  rests: number;
  connects: number;
  attemptsIn: Uint32Array;
  restsIn: Uint32Array;
  /** Accounts whose lease and socket some node holds, in each minute. */
  heldIn: Int32Array;
};

export type LoadQuestion = {
  policy: LimitPolicy;
  accounts: number;
  days: number;
  seed: number;
  /** Sees every team before it plays, and every invite it makes; for those who judge the run. */
  onTeam?: (team: Team) => Watch['attempt'];
};

/** An unused connection is closed after 15 minutes by a sweep that comes four times in that while. */
export const HELD_AFTER_USE_MS = 15 * MINUTE_MS * (1 + 1 / 8);

/**
 * Plays every team, one after another, from the seed. Teams share no account and no community, so their order does not
 * matter, and the memory in use is that of one team and of the counts along the time.
 */
export function playLoad(question: LoadQuestion): Load {
  const { policy, accounts, days, seed } = question;
  const endMs = days * DAY_MS;
  const seconds = Math.ceil(endMs / SECOND_MS);
  const minutes = Math.ceil(endMs / MINUTE_MS);
  const attemptsIn = new Uint32Array(seconds);
  const restsIn = new Uint32Array(seconds);
  /** While the teams are played: how many more are held than in the minute before. */
  const heldIn = new Int32Array(minutes + 1);
  const load: Load = {
    seconds,
    teams: 0,
    attempts: 0,
    rests: 0,
    connects: 0,
    attemptsIn,
    restsIn,
    heldIn,
  };
  for (let first = 0; first < accounts; load.teams += 1) {
    const team = drawTeam(seed, load.teams, accounts - first);
    const size = team.connectedAtMs.length;
    /** The minute before which the account is held without a further use. */
    const heldUntil = new Int32Array(size);
    const use = (account: number, atMs: number) => {
      const minute = Math.floor(atMs / MINUTE_MS);
      const until = Math.min(minutes, Math.ceil((atMs + HELD_AFTER_USE_MS) / MINUTE_MS));
      const before = heldUntil[account] ?? 0;
      if (before <= minute) load.connects += 1;
      add(heldIn, Math.max(before, minute), 1);
      add(heldIn, until, -1);
      heldUntil[account] = until;
    };
    const judge = question.onTeam?.(team);
    const watch: Watch = {
      attempt(account, atMs, campaign) {
        load.attempts += 1;
        add(attemptsIn, Math.floor(atMs / SECOND_MS), 1);
        use(account, atMs);
        judge?.(account, atMs, campaign);
      },
      rest(account, atMs) {
        load.rests += 1;
        add(restsIn, Math.floor(atMs / SECOND_MS), 1);
        use(account, atMs);
      },
    };
    playTeam(policy, team, endMs, watch);
    first += size;
  }
  for (let minute = 1; minute < heldIn.length; minute += 1) {
    add(heldIn, minute, heldIn[minute - 1] ?? 0);
  }
  return load;
}

function add(counts: Uint32Array | Int32Array, index: number, amount: number): void {
  counts[index] = (counts[index] ?? 0) + amount;
}
