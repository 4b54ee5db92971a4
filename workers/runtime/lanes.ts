/** One action at a time for each account of this process, first come, first served. */
export type Lanes = {
  run<T>(accountId: string, action: () => Promise<T>): Promise<T>;
  /** True while an action runs or waits in the lane. */
  isBusy(accountId: string): boolean;
  /** True when another action waits for the lane: a long one should give way. */
  isWanted(accountId: string): boolean;
};

export function createLanes(): Lanes {
  const lanes = new Map<string, { tail: Promise<unknown>; length: number }>();
  return {
    run(accountId, action) {
      const lane = lanes.get(accountId) ?? { tail: Promise.resolve(), length: 0 };
      lanes.set(accountId, lane);
      lane.length += 1;
      const turn = lane.tail.then(action).finally(() => {
        lane.length -= 1;
        if (lane.length === 0) lanes.delete(accountId);
      });
      lane.tail = turn.catch(() => {});
      return turn;
    },
    isBusy: (accountId) => lanes.has(accountId),
    isWanted: (accountId) => (lanes.get(accountId)?.length ?? 0) > 1,
  };
}
