import { DAY_MS, HOUR_MS, later } from '../duration.ts';
import { roomInWindow } from '../pacing/rolling-window.ts';
import type { CommunityKind } from '../telegram/user-session.ts';

/**
 * How often one account may ask Telegram for communities. Telegram publishes no number; these are ours and careful,
 * because a wait for searching is a wait for inviting too.
 */
export const SEARCHES_PER_HOUR = 20;
export const SEARCHES_PER_DAY = 100;

/** `contacts.search` refuses less (QUERY_TOO_SHORT) and finds no more than this. */
export const SHORTEST_QUERY = 3;
export const MOST_FOUND = 100;

/** What was found is read one after the other, so far apart. */
const READ_SPACING_MS = 100;

/** A channel is worth parsing when one of so many of its last posts has comments. */
export const RECENT_POSTS = 15;

/** When the account may search next; `asked` are its searches of the last day. */
export function nextSearchAt(asked: readonly Date[], now: Date): Date {
  const hour = roomInWindow(asked, SEARCHES_PER_HOUR, HOUR_MS, now) ?? now;
  const day = roomInWindow(asked, SEARCHES_PER_DAY, DAY_MS, now) ?? now;
  return hour > day ? hour : day;
}

/** How many more searches the account may make before it has to wait. */
export function searchesLeft(asked: readonly Date[], now: Date): number {
  const since = (ms: number) => asked.filter((moment) => moment.getTime() >= now.getTime() - ms).length;
  return Math.max(0, Math.min(SEARCHES_PER_HOUR - since(HOUR_MS), SEARCHES_PER_DAY - since(DAY_MS)));
}

/** When the found community at this place, from 0, is to be read. */
export const readFoundAt = (now: Date, place: number): Date => later(now, place * READ_SPACING_MS);

/** The part of a community that filters look at. Null where nobody has read it. */
export type FoundFacts = { kind: CommunityKind | null; recentComments: number | null };

/**
 * Whether people can be collected there: of every group, and of a channel only when somebody saw comments under its last
 * posts. What was not read is not offered.
 */
export const isOffered = ({ kind, recentComments }: FoundFacts): boolean =>
  kind !== null && (kind !== 'channel' || (recentComments ?? 0) > 0);
