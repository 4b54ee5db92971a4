import { longWaitFrom } from '../campaign/completion.ts';
import { DAY_MS } from '../duration.ts';
import { type CallHistory, historyOf, roomAfter } from './call-history.ts';
import { type Forecast, type ForecastQuestion, horizonMs, type NeverReason, willAct } from './forecast.ts';
import { invite, type Lane, lookupRoom, openLane, waitsFor } from './lane.ts';
import { createQueue, type Queue } from './queue.ts';
import { createTally, type Tally } from './tally.ts';
import { createTargetPool, type TargetPool } from './target-pool.ts';

/** Told of every invite of the forecast, in the order of time. */
export type OnInvite = (accountId: string, atMs: number) => void;

/**
 * Runs the rules of the engine forward in memory: each account invites at its earliest lawful slot with the pause that
 * is drawn for it, whoever has been free for longest goes first where the community has room for one, and everybody
 * answers at the first invite. Breaks no limit. Looks no further than `horizonMs`.
 */
export function runForecast(question: ForecastQuestion, onInvite: OnInvite = () => {}): Forecast {
  const run = open(question, onInvite);
  let never: NeverReason | null = null;
  while (!isDone(run) && never === null) {
    const next = run.queue.first();
    const readyMs = run.pool.nextReadyMs();
    if (readyMs !== undefined && (!next || readyMs <= next.atMs)) admit(run, readyMs);
    else if (next) never = takeTurn(run, next);
    else break;
  }
  if (never === null && isStuck(run)) never = run.lastFault;
  for (let next = run.queue.take(); next; next = run.queue.take()) countWait(run, next.index, run.lastMs);
  const { of, ...sums } = run.tally.sums();
  return {
    finishesAt: never === null ? new Date(run.lastMs) : null,
    never,
    ...sums,
    remaining: run.pool.left() + run.outOfReach,
    accounts: question.accounts.map(({ accountId }, index) => ({ accountId, invites: of(index) })),
  };
}

type Run = {
  question: ForecastQuestion;
  onInvite: OnInvite;
  nowMs: number;
  lastMs: number;
  community: CallHistory;
  pool: TargetPool;
  /** Targets that no account of the forecast can address. */
  outOfReach: number;
  lanes: Map<number, Lane>;
  queue: Queue;
  /** Lanes that reach nobody who is ready; they come back when others are let in. */
  idle: number[];
  /** Why the last lane left that did: what to say when people are left over. */
  lastFault: NeverReason;
  tally: Tally;
};

function open(question: ForecastQuestion, onInvite: OnInvite): Run {
  const { accounts, now, targets } = question;
  const nowMs = now.getTime();
  const queue = createQueue();
  const lanes = new Map<number, Lane>();
  let lastFault: NeverReason = 'no_inviting_account';
  for (const [index, account] of accounts.entries()) {
    if (!willAct(account)) continue;
    const lane = openLane(question, account);
    if ('pace' in lane) {
      lanes.set(index, lane);
      queue.add(lane.slot.atMs, index);
    } else lastFault = lane.because;
  }
  const isReachable = ({ canBeLookedUp, reachedBy }: (typeof targets)[number]) =>
    lanes.size === 0 || canBeLookedUp || reachedBy.some((account) => lanes.has(account));
  return {
    question,
    onInvite,
    nowMs,
    lastMs: nowMs,
    community: historyOf(question.communityAttempts, nowMs),
    pool: createTargetPool(targets.filter(isReachable), accounts.length, nowMs),
    outOfReach: targets.reduce((sum, group) => sum + (isReachable(group) ? 0 : group.count), 0),
    lanes,
    queue,
    idle: [],
    lastFault,
    tally: createTally(nowMs),
  };
}

/** True when a campaign in this state counts as finished: nobody can be tried, and nobody soon. */
function isDone({ pool, lastMs }: Run): boolean {
  const readyMs = pool.nextReadyMs();
  return pool.ready() === 0 && (readyMs === undefined || readyMs > longWaitFrom(new Date(lastMs)).getTime());
}

/** True when people are left whom some account still could address, or when there is no account left at all. */
const isStuck = (run: Run): boolean => !isDone(run) && (run.lanes.size === 0 || run.pool.readyByLookUp() > 0);

function admit({ pool, idle, lanes, queue }: Run, readyMs: number): void {
  pool.admit(readyMs);
  for (const index of idle.splice(0)) {
    const lane = lanes.get(index);
    if (!lane) continue;
    lane.waitsSinceMs = readyMs;
    queue.add(Math.max(readyMs, lane.slot.atMs), index);
  }
}

/** The first lane of the queue invites somebody, waits for longer, or leaves. Answers why nothing can go on. */
function takeTurn(run: Run, { atMs: freeMs, index }: { atMs: number; index: number }): NeverReason | null {
  const { question, queue, community, pool, lanes } = run;
  queue.take();
  const lane = lanes.get(index);
  const room = roomAfter(community, question.policy.invitesPerCommunityDay, DAY_MS, freeMs);
  if (!lane || room === null) return 'community_all_day';
  const way = pool.wayTo(index);
  if (way === undefined) {
    run.idle.push(index);
    return null;
  }
  if (way === 'look_up') {
    const lookup = lookupRoom(question.policy, lane.lookups, room);
    if (lookup.atMs === null) {
      run.lastFault = lookup.because;
      run.idle.push(index);
      return null;
    }
    if (lookup.atMs > room) {
      lane.insteadBecause = lookup.because;
      queue.add(lookup.atMs, index);
      return null;
    }
    lane.lookups.push(room);
  }
  if (room > run.nowMs + horizonMs) {
    queue.add(freeMs, index);
    return 'horizon';
  }
  pool.take(index);
  countWait(run, index, room);
  run.tally.invited(index, room);
  run.lastMs = room;
  community.push(room);
  run.onInvite(question.accounts[index]?.accountId ?? '', room);
  const fault = invite(lane, room, question.roll(index, lane.invites));
  if (fault === undefined) queue.add(lane.slot.atMs, index);
  else {
    run.lastFault = fault;
    lanes.delete(index);
  }
  return null;
}

function countWait({ lanes, tally, community, question }: Run, index: number, untilMs: number): void {
  const lane = lanes.get(index);
  if (!lane) return;
  const room = roomAfter(community, question.policy.invitesPerCommunityDay, DAY_MS, lane.slot.atMs);
  tally.waited(waitsFor(lane, room ?? lane.slot.atMs), untilMs - lane.waitsSinceMs);
}
