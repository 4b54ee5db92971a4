import { randomBytes } from 'node:crypto';

/** A server salt and the unix seconds between which the server accepts it. */
export type Salt = { salt: bigint; validSince: number; validUntil: number };

const periodSeconds = 30 * 60;
/** Telegram asks clients for at most this many salts. */
const mostFutureSalts = 64;

/** The salts of one auth key: a new one every half hour, each accepted for an hour. */
export class Salts {
  private salts: Salt[];

  constructor(first: bigint) {
    this.salts = [createSalt(first, now())];
  }

  current(): bigint {
    const time = now();
    this.salts = this.salts.filter((salt) => salt.validUntil > time);
    this.extendTo(time);
    return this.salts.findLast((salt) => salt.validSince <= time)?.salt ?? 0n;
  }

  accepts(salt: bigint): boolean {
    const time = now();
    this.current();
    return this.salts.some((known) => known.salt === salt && known.validSince <= time);
  }

  /** The current salt and those after it. */
  future(count: number): Salt[] {
    const current = this.current();
    const wanted = Math.min(Math.max(count, 1), mostFutureSalts);
    this.extendTo(now() + (wanted - 1) * periodSeconds);
    const first = this.salts.findIndex((salt) => salt.salt === current);
    return this.salts.slice(first, first + wanted);
  }

  /** Replaces every salt handed out so far. */
  renew(): void {
    this.salts = [createSalt(randomBytes(8).readBigInt64LE(), now())];
  }

  private extendTo(time: number): void {
    let last = this.salts.at(-1)?.validSince ?? now() - periodSeconds;
    while (last + periodSeconds <= time) {
      last = Math.max(last + periodSeconds, now());
      this.salts.push(createSalt(randomBytes(8).readBigInt64LE(), last));
    }
  }
}

function createSalt(salt: bigint, validSince: number): Salt {
  return { salt, validSince, validUntil: validSince + 2 * periodSeconds };
}

function now(): number {
  return Math.floor(Date.now() / 1000);
}
