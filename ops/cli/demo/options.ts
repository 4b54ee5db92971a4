/** What a demo is played with. */
export type DemoOptions = {
  /** The same seed gives the same people. */
  seed: string;
  /** Business seconds in a real second. */
  scale: number;
  queue: 'postgres' | 'redis';
  /** Of the Mini App; a free one unless given. */
  port: number | undefined;
  /** Receives everything that reaches the offline Telegram. */
  ledgerFile: string | undefined;
  /** How many of the collected people the audience takes at most. */
  collectedLimit: number;
  /** How long a worker holds an account without a sign of life. */
  leaseSeconds: number;
  logLevel: 'debug' | 'info' | 'warn';
};
