/** What one node needs for its work, in milliseconds. */
export type MachineCosts = {
  /** From a look's first statement to its last answer. */
  lookMs: number;
  /** Of one core, for a look. */
  lookCpuMs: number;
  /** From the start of a lane's turn to its end, Telegram's two answers included. */
  turnMs: number;
  /** Of one core, for a turn: T1, two calls, T2. */
  turnCpuMs: number;
};

export const MACHINE: MachineCosts = { lookMs: 9, lookCpuMs: 3, turnMs: 425, turnCpuMs: 8 };
