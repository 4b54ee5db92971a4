import type { AccountStatus } from '../statuses.ts';

/** What costs an account points. Words: `health-…` in `locales`. */
export const HEALTH_ISSUES = [
  'out_of_use',
  'blocked',
  'cooling',
  'spam_warnings',
  'flood_waits',
  'unknown_errors',
] as const;
export type HealthIssue = (typeof HEALTH_ISSUES)[number];

export type HealthFacts = {
  status: AccountStatus;
  /** Spam warnings in the last thirty days. */
  peerFloods: number;
  /** Waits Telegram asked for in the last seven days. */
  floodWaits: number;
  /** Answers nobody knew in the last seven days. */
  unknownErrors: number;
};

/** 0 to 100, and what it lost its points for. */
export type Health = { score: number; issues: { issue: HealthIssue; points: number; count: number }[] };

/** Points for one occurrence, and the most for many. */
const costs: Record<HealthIssue, { each: number; most: number }> = {
  out_of_use: { each: 100, most: 100 },
  blocked: { each: 50, most: 50 },
  cooling: { each: 15, most: 15 },
  spam_warnings: { each: 25, most: 50 },
  flood_waits: { each: 5, most: 20 },
  unknown_errors: { each: 5, most: 20 },
};

export function healthOf({ status, peerFloods, floodWaits, unknownErrors }: HealthFacts): Health {
  const counts: Record<HealthIssue, number> = {
    out_of_use: Number(!['active', 'cooling', 'blocked'].includes(status)),
    blocked: Number(status === 'blocked'),
    cooling: Number(status === 'cooling'),
    spam_warnings: peerFloods,
    flood_waits: floodWaits,
    unknown_errors: unknownErrors,
  };
  const issues = HEALTH_ISSUES.filter((issue) => counts[issue] > 0).map((issue) => ({
    issue,
    count: counts[issue],
    points: Math.min(costs[issue].most, costs[issue].each * counts[issue]),
  }));
  const lost = issues.reduce((sum, { points }) => sum + points, 0);
  return { score: Math.max(0, 100 - lost), issues };
}
