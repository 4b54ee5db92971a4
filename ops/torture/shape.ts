/** How big a torture is. Limits hold per account, so speed comes from many accounts, several communities and fast time. */
export const SCALE = 10_000;
export const WORKERS = 3;
export const ACCOUNTS = 24;
export const COMMUNITIES = 6;
/** The shortest term a worker takes. */
export const LEASE_SECONDS = 4;
/** Of a call and of its settling, real milliseconds; what the product calls a deadline. */
export const DEADLINE_MS = 25_000;
/** People of the typed list, who are looked up before they are invited. */
export const TYPED = 60;

export type TortureOptions = {
  /** Draws the people and the faults. */
  seed: string;
  /** Real minutes of faults. */
  minutes: number;
  queue: 'postgres' | 'redis';
  /** About how many people there are to invite. */
  attempts: number;
  json: boolean;
};
