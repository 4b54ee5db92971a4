/** Business time: limits, pauses, schedules and dates in tables. Runs faster than real time in the sandbox. */
export type Clock = {
  now(): Date;
  /** Real milliseconds until a business moment; 0 when it has passed. */
  realMsUntil(moment: Date): number;
};
