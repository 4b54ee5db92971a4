/** The bounds of how many days collected people are kept. */
export { LONGEST_KEPT_DAYS, SHORTEST_KEPT_DAYS } from '#core/retention.ts';
