import { HOUR_MS } from '../duration.ts';
import { allow, refuse, type Verdict } from '../verdict.ts';
import { type Standing, standingRestored } from './standing.ts';

/** How often an account's profile and the list of its sessions are read by themselves. */
export const REFRESH_EVERY_MS = 12 * HOUR_MS;

/** A person takes an account out of work; a wait that Telegram asked for is kept. */
export function decideDisabling(standing: Standing): Verdict<Standing> {
  switch (standing.status) {
    case 'active':
    case 'cooling':
    case 'blocked':
      return allow({ ...standing, status: 'disabled', statusError: null });
    case 'disabled':
      return refuse('account.already_disabled');
    default:
      return refuse('account.not_at_work');
  }
}

/** Brings it back, into the rest of its wait where there is one. */
export function decideEnabling(standing: Standing, now: Date): Verdict<Standing> {
  return standing.status === 'disabled'
    ? allow(standingRestored(standing, now))
    : refuse('account.not_disabled');
}

/** Only an account that is signed in can be logged out at Telegram, or asked about itself. */
export function decideAsking({ status }: Pick<Standing, 'status'>): Verdict<void> {
  return status === 'signed_out' || status === 'banned' ? refuse('account.not_signed_in') : allow(undefined);
}

/** One session of an account as Telegram lists it. */
export type SeenAuthorization = { hash: string; isCurrent: boolean; createdAt: Date };

/** Telegram tells the beginning of a session in whole seconds. */
const PRECISION_MS = 1000;

/**
 * The sessions that began after the account was signed in here and were not there at the last look. The session of an
 * earlier sign-in here is older, and our own is the current one: neither is news.
 */
export function newLogins<A extends SeenAuthorization>(
  seen: readonly A[],
  known: ReadonlySet<string>,
  signedInAt: Date,
): A[] {
  return seen.filter(
    ({ hash, isCurrent, createdAt }) =>
      !isCurrent && !known.has(hash) && createdAt.getTime() + PRECISION_MS > signedInAt.getTime(),
  );
}
