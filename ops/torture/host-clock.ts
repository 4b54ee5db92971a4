import type { Random } from '#sandbox/world/random.ts';

const LARGEST_JUMP_MS = 7_200_000;

/** Takes a process's clock for its host's: it jumps at this signal, and back at the next. */
const JUMP = 'SIGUSR2';

/** Runs in a process before anything else does. */
const program = (jumpMs: number) => `
  const Host = Date;
  let shiftMs = 0;
  globalThis.Date = class Date extends Host {
    constructor(...given) {
      if (given.length > 0) super(...given);
      else super(Host.now() + shiftMs);
    }
    static now() {
      return Host.now() + shiftMs;
    }
  };
  process.on('${JUMP}', () => {
    shiftMs = shiftMs === 0 ? ${jumpMs} : 0;
  });`;

/** The environment of a process whose host's clock can jump, by up to two hours either way. */
export const withJumpingClock = (random: Random): Record<string, string> => ({
  NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(program(random.int(-LARGEST_JUMP_MS, LARGEST_JUMP_MS)))}`,
});

export const jumpClock = (pid: number): void => {
  process.kill(pid, JUMP);
};
