/** What one node needs for its work, in milliseconds. */
export type MachineCosts = {
  /** From a look's first statement to its last answer. */
  lookMs: number;
  /** Of one core, for a look. */
  lookCpuMs: number;
  /** From the start of a lane's turn to its end, Telegram's answers included. */
  turnMs: number;
  /** Of one core of the worker, for an invite with everything that belongs to it. */
  turnCpuMs: number;
  /** Of Postgres's cores, for the same. */
  postgresCpuMs: number;
};

/** How long Telegram takes to answer: assumed, not measured. */
const TELEGRAM_MS = 200;

/**
 * Measured on two shared and busy cores, so rather too high than too low. The core times are what bench `invite-path`
 * tells: an invite, the look at who joined, and the looks for due work between them.
 */
export const MACHINE: MachineCosts = {
  lookMs: 9,
  lookCpuMs: 3,
  turnMs: 25 + 2 * TELEGRAM_MS,
  turnCpuMs: 20,
  postgresCpuMs: 27,
};
