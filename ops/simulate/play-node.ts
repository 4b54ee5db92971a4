import { SECOND_MS } from '#core/duration.ts';
import type { Random } from '#sandbox/world/random.ts';
import type { MachineCosts } from './machine-costs.ts';

/** As in the product: jobs that run at once, those in hand, and the rest between two looks. */
export const NODE = { concurrency: 64, inHand: 128, restMs: 2, patienceMs: 10_000 } as const;

export type NodeRun = { looks: number; turns: number; latenessMs: number[] };

/**
 * One of `nodes` equal nodes through a stretch of time, from the due slots of each second, which fall anywhere in it. A
 * slot is any node's, held by chance. The node looks when any slot of the whole fleet falls due or one of its own jobs
 * ends, because `lookForWork` asks for the first of all; what a look finds begins when the look has ended, a place is
 * free and the node's one core is. Lateness is from the slot to that beginning.
 */
export function playNode(
  dueIn: readonly number[],
  nodes: number,
  costs: MachineCosts,
  random: Random,
): NodeRun {
  const { due, isOwn } = drawSlots(dueIn, nodes, random);
  const endMs = dueIn.length * SECOND_MS;
  const endsAt = new Float64Array(NODE.concurrency).fill(Number.NEGATIVE_INFINITY);
  const run: NodeRun = { looks: 0, turns: 0, latenessMs: [] };
  /** Ends of own jobs are in order: all take as long. */
  const ends: number[] = [];
  let [ended, seen, coreFreeAt, atMs] = [0, 0, 0, 0];
  const waiting: number[] = [];
  while (atMs < endMs) {
    run.looks += 1;
    while (seen < due.length && (due[seen] ?? 0) <= atMs) {
      if (isOwn[seen] === 1) waiting.push(due[seen] ?? 0);
      seen += 1;
    }
    while (ended < ends.length && (ends[ended] ?? 0) <= atMs) ended += 1;
    coreFreeAt = Math.max(coreFreeAt, atMs) + costs.lookCpuMs;
    const lookEndsAt = Math.max(atMs + costs.lookMs, coreFreeAt);
    const room = NODE.inHand - (ends.length - ended);
    const taken = waiting.splice(0, Math.max(0, room));
    for (const slotMs of taken) {
      const place = run.turns % NODE.concurrency;
      const startsAt = Math.max(lookEndsAt, coreFreeAt, endsAt[place] ?? 0);
      coreFreeAt = startsAt + costs.turnCpuMs;
      endsAt[place] = startsAt + Math.max(costs.turnMs, costs.turnCpuMs);
      ends.push(endsAt[place] ?? startsAt);
      run.turns += 1;
      run.latenessMs.push(startsAt - slotMs);
    }
    const nextDue = due[seen] ?? Number.POSITIVE_INFINITY;
    const nextEnd = ends[ended] ?? Number.POSITIVE_INFINITY;
    const isFull = waiting.length > 0 && room > 0;
    const nextMs = isFull ? 0 : Math.min(nextDue, nextEnd, lookEndsAt + NODE.patienceMs);
    atMs = Math.max(lookEndsAt + NODE.restMs, nextMs);
  }
  for (const slotMs of waiting) run.latenessMs.push(endMs - slotMs);
  return run;
}

function drawSlots(dueIn: readonly number[], nodes: number, random: Random) {
  const count = dueIn.reduce((sum, slots) => sum + slots, 0);
  const due = new Float64Array(count);
  const isOwn = new Uint8Array(count);
  let index = 0;
  for (const [second, slots] of dueIn.entries()) {
    for (let slot = 0; slot < slots; slot += 1) {
      due[index] = (second + random.next()) * SECOND_MS;
      isOwn[index] = random.next() * nodes < 1 ? 1 : 0;
      index += 1;
    }
  }
  return { due: due.sort(), isOwn };
}
