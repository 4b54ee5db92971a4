import type { Clock } from '#core/clock.ts';

/**
 * Business time: `epochMs` plus the real time since then, `scale` times as fast. Two processes with the same two numbers
 * read the same time. Scale 1 is the real time, whatever the epoch.
 */
export function createClock({ scale, epochMs }: { scale: number; epochMs: number }): Clock {
  const nowMs = () => epochMs + (Date.now() - epochMs) * scale;
  return {
    now: () => new Date(nowMs()),
    // Rounded up, so that whoever waits this long finds the moment passed.
    realMsUntil: (moment) => Math.max(0, Math.ceil((moment.getTime() - nowMs()) / scale)),
  };
}
