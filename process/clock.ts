import type { Clock } from '#core/clock.ts';

/** A clock that can be told the real time by somebody who knows it better than this host. */
export type AnchoredClock = Clock & {
  /** The real time now lies between the two, in Unix milliseconds: what the clock believes is corrected only if it does not. */
  anchor(earliestMs: number, latestMs: number): void;
};

/**
 * Business time: `epochMs` plus the real time since then, `scale` times as fast. Two processes with the same two numbers
 * read the same time. Scale 1 is the real time, whatever the epoch.
 *
 * The host's clock is read once; from then on time passes monotonically, so that a host whose clock is set, or jumps,
 * neither acts early nor goes back. Who holds accounts anchors it to the one clock that all nodes share: the database's.
 */
export function createClock({ scale, epochMs }: { scale: number; epochMs: number }): AnchoredClock {
  let known = { realMs: hostTimeMs(), at: performance.now() };
  let lastMs = Number.NEGATIVE_INFINITY;
  const realMs = () => known.realMs + performance.now() - known.at;
  const nowMs = () => {
    lastMs = Math.max(lastMs, epochMs + (realMs() - epochMs) * scale);
    return lastMs;
  };
  return {
    now: () => new Date(nowMs()),
    // Rounded up, so that whoever waits this long finds the moment passed.
    realMsUntil: (moment) => Math.max(0, Math.ceil((moment.getTime() - nowMs()) / scale)),
    anchor(earliestMs, latestMs) {
      const believed = realMs();
      if (believed >= earliestMs && believed <= latestMs) return;
      known = { realMs: believed < earliestMs ? earliestMs : latestMs, at: performance.now() };
    },
  };
}

/** With its fraction of a millisecond, which is seconds of fast business time; unless the clock was set since the start. */
function hostTimeMs(): number {
  const precise = performance.timeOrigin + performance.now();
  return Math.abs(precise - Date.now()) < 2 ? precise : Date.now();
}
