/**
 * Business time of the sandbox: dates of messages and members, limit windows, last-seen marks. It can run faster
 * than real time and be moved forward. Protocol time (message ids, salts, login codes, QR tokens) stays real.
 */
export type WorldClock = {
  now(): Date;
  /** Moves business time forward. Throws RangeError on a negative value: business time never runs back. */
  advance(ms: number): void;
  /** Business milliseconds per real one, from this moment on. */
  setScale(scale: number): void;
  readonly scale: number;
  readonly epochMs: number;
  /** The business time a real instant stands for, by the present scale. */
  businessAt(realMs: number): Date;
};

/** Starts at `epochMs` (real now unless given); `scale` 3600 makes a second an hour. */
export function createWorldClock({
  scale = 1,
  epochMs = Date.now(),
}: {
  scale?: number;
  epochMs?: number;
} = {}): WorldClock {
  assertScale(scale);
  let speed = scale;
  let realBaseMs = Date.now();
  // By the epoch and the scale alone, so that another process can compute the same time.
  let businessBaseMs = epochMs + (realBaseMs - epochMs) * scale;

  const businessMs = (realMs: number) => businessBaseMs + (realMs - realBaseMs) * speed;
  const rebase = () => {
    const realMs = Date.now();
    businessBaseMs = businessMs(realMs);
    realBaseMs = realMs;
  };

  return {
    now: () => new Date(businessMs(Date.now())),
    advance(ms) {
      if (!(ms >= 0)) throw new RangeError(`cannot advance by ${ms} ms`);
      businessBaseMs += ms;
    },
    setScale(next) {
      assertScale(next);
      rebase();
      speed = next;
    },
    get scale() {
      return speed;
    },
    epochMs,
    businessAt: (realMs) => new Date(businessMs(realMs)),
  };
}

function assertScale(scale: number): void {
  if (!(scale > 0) || !Number.isFinite(scale)) throw new RangeError(`scale must be positive, not ${scale}`);
}
