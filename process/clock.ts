import type { Clock } from '#core/clock.ts';

/** A clock that can be told the real time by somebody who knows it better than this host. */
export type AnchoredClock = Clock & {
  /** `realMs` is the real time now, in Unix milliseconds. */
  anchor(realMs: number): void;
};

/**
 * Business time: `epochMs` plus the real time since then, `scale` times as fast. Two processes with the same two numbers
 * read the same time. Scale 1 is the real time, whatever the epoch.
 *
 * The host's clock is read once; from then on time passes monotonically, so that a host whose clock is set, or jumps,
 * neither acts early nor goes back. Who holds accounts anchors it to the one clock that all nodes share: the database's.
 */
export function createClock({ scale, epochMs }: { scale: number; epochMs: number }): AnchoredClock {
  let known = { realMs: Date.now(), at: performance.now() };
  let lastMs = Number.NEGATIVE_INFINITY;
  const nowMs = () => {
    const realMs = known.realMs + performance.now() - known.at;
    lastMs = Math.max(lastMs, epochMs + (realMs - epochMs) * scale);
    return lastMs;
  };
  return {
    now: () => new Date(nowMs()),
    // Rounded up, so that whoever waits this long finds the moment passed.
    realMsUntil: (moment) => Math.max(0, Math.ceil((moment.getTime() - nowMs()) / scale)),
    anchor(realMs) {
      known = { realMs, at: performance.now() };
    },
  };
}
