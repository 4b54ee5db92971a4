/** Open targets that are alike: the same accounts reach them, in the same way, from the same moment on. */
export type TargetGroup = {
  count: number;
  /** The accounts that hold a reference to them, by their place in the forecast's list. */
  reachedBy: readonly number[];
  /** They have a username or a phone number, by which any account may look them up. */
  canBeLookedUp: boolean;
  /** The first moment at which they may be tried; null when that is now. */
  notBefore: Date | null;
};

export type Way = 'reference' | 'look_up';

/** The open targets of a forecast, given out one by one as a lane would take them. */
export type TargetPool = {
  /** Those that may be tried by now. */
  ready(): number;
  /** All that are left, waiting ones too. */
  left(): number;
  /** Those of the ready ones that can be looked up. */
  readyByLookUp(): number;
  /** When the next waiting ones may be tried. */
  nextReadyMs(): number | undefined;
  /** Lets everybody in who may be tried at `nowMs`. */
  admit(nowMs: number): void;
  /** How the account would reach its next target; undefined when none that is ready is within its reach. */
  wayTo(account: number): Way | undefined;
  /** Takes the target that `wayTo` leads to. */
  take(account: number): void;
};

type Group = { count: number };

/** Groups in the order they are used up; those before `head` are. */
type Line = { groups: Group[]; head: number };

/** As a lane: by reference before by look-up, and whom nobody else reaches before whom others reach too. */
export function createTargetPool(
  groups: readonly TargetGroup[],
  accounts: number,
  nowMs: number,
): TargetPool {
  const byReference: Line[] = Array.from({ length: accounts }, () => ({ groups: [], head: 0 }));
  const byLookUp: Line = { groups: [], head: 0 };
  const waiting = groups
    .filter(({ count }) => count > 0)
    .map((group) => ({ ...group, fromMs: Math.max(nowMs, group.notBefore?.getTime() ?? nowMs) }))
    .sort((a, b) => a.fromMs - b.fromMs || a.reachedBy.length - b.reachedBy.length);
  let admitted = 0;
  let ready = 0;
  let left = waiting.reduce((sum, { count }) => sum + count, 0);

  const admit = (untilMs: number) => {
    for (let next = waiting[admitted]; next && next.fromMs <= untilMs; next = waiting[admitted]) {
      admitted += 1;
      const group = { count: next.count };
      ready += group.count;
      for (const account of next.reachedBy) byReference[account]?.groups.push(group);
      if (next.canBeLookedUp) byLookUp.groups.push(group);
    }
  };
  const find = (account: number): { group: Group; way: Way } | undefined => {
    const own = firstWithSomebody(byReference[account]);
    if (own) return { group: own, way: 'reference' };
    const anybodys = firstWithSomebody(byLookUp);
    return anybodys && { group: anybodys, way: 'look_up' };
  };
  admit(nowMs);
  return {
    ready: () => ready,
    left: () => left,
    readyByLookUp: () => byLookUp.groups.reduce((sum, { count }) => sum + count, 0),
    nextReadyMs: () => waiting[admitted]?.fromMs,
    admit,
    wayTo: (account) => find(account)?.way,
    take(account) {
      const found = find(account);
      if (!found) return;
      found.group.count -= 1;
      ready -= 1;
      left -= 1;
    },
  };
}

function firstWithSomebody(line: Line | undefined): Group | undefined {
  if (!line) return undefined;
  while (line.groups[line.head]?.count === 0) line.head += 1;
  return line.groups[line.head];
}
