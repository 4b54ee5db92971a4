/** A safety taken away: `find` stands exactly once in the file. `tests` are the narrowest that ought to notice. */
export type Mutant = {
  name: string;
  file: string;
  find: string;
  replace: string;
  project: 'pure' | 'services';
  tests: readonly string[];
};

const pacing = { file: 'core/pacing/next-slot.ts', project: 'pure', replace: '' } as const;
const slot = { ...pacing, tests: ['core/pacing/next-slot.test.ts'] };
const lookups = {
  file: 'core/pacing/lookups.ts',
  project: 'pure',
  tests: ['core/pacing/lookups.test.ts'],
} as const;
const lane = {
  file: 'core/campaign/next-attempt.ts',
  project: 'pure',
  replace: '',
  tests: ['core/campaign/next-attempt.test.ts'],
} as const;
const fence = { file: 'workers/runtime/leases.ts', tests: ['workers/runtime/leases.test.ts'] } as const;
const keys = {
  file: 'db/migrations/0000_tables.sql',
  project: 'services',
  tests: ['db/attempt-keys.test.ts'],
} as const;
const attempts = { project: 'services', tests: ['db/commands/attempt.test.ts'] } as const;
const leases = { project: 'services', tests: ['db/dispatch.test.ts', 'db/leases.test.ts'] } as const;

const uniqueKey = (index: string, columns: string): Mutant => ({
  ...keys,
  name: `unique key ${index}`,
  find: `CREATE UNIQUE INDEX "${index}" ON "attempt" USING btree (${columns})`,
  replace: `CREATE INDEX "${index}" ON "attempt" USING btree (${columns})`,
});

export const MUTANTS: readonly Mutant[] = [
  { ...slot, name: 'the pause', find: `['pause', afterPause(policy, own, from, roll)],` },
  { ...slot, name: 'the burst', find: `['burst', afterBurst(policy, window.attempts, now, from)],` },
  {
    ...slot,
    name: 'the hour',
    find: `['hour', roomInWindow(own, policy.invitesPerAccountHour, HOUR_MS, from)],`,
  },
  {
    ...slot,
    name: 'the day',
    find: `['day', roomInWindow(own, policy.invitesPerAccountDay, DAY_MS, from)],`,
  },
  { ...slot, name: 'the ramp', find: `['ramp', roomInRamp(policy, window.connectedAt, own, from)],` },
  {
    ...slot,
    name: "the account's day in a community",
    find: `['community_day', roomInWindow(ownHere, policy.invitesPerAccountCommunityDay, DAY_MS, from)],`,
  },
  {
    ...slot,
    name: "the community's day",
    find: `['community_all_day', roomInWindow(everybodyHere, policy.invitesPerCommunityDay, DAY_MS, from)],`,
  },
  {
    ...slot,
    name: 'the lifetime ceiling',
    find: 'window.lifetimeInCommunity >= policy.invitesPerAccountCommunityLifetime',
    replace: 'window.lifetimeInCommunity < 0',
  },
  {
    ...slot,
    name: 'the probation',
    find: 'soonest.at && free.at && soonest.at > free.at',
    replace: 'soonest.at && free.at && soonest.at < now',
  },
  {
    ...slot,
    name: 'an open call counts as now',
    file: 'core/pacing/rolling-window.ts',
    find: 'return call.countedAt ?? now;',
    replace: 'return call.countedAt ?? later(now, -30 * 86_400_000);',
  },
  {
    ...lookups,
    name: "the look-ups' hour",
    find: 'policy.lookupsPerAccountHour, HOUR_MS',
    replace: 'policy.lookupsPerAccountDay, HOUR_MS',
  },
  {
    ...lookups,
    name: "the look-ups' day",
    find: 'policy.lookupsPerAccountDay, DAY_MS',
    replace: 'policy.lookupsPerAccountDay, HOUR_MS',
  },
  {
    ...lane,
    name: 'suppression in the decision',
    find: `if (candidate.isSuppressed) return { status: 'suppressed', reason: 'suppressed' };`,
  },
  {
    ...lane,
    name: 'nobody is tried twice',
    find: `if (candidate.wasTried) return { status: 'refused', reason: 'tried_before' };`,
  },
  {
    ...lane,
    name: 'a wait is kept',
    find: 'recoversAt > now ? ',
    replace: 'recoversAt > now && now < new Date(0) ? ',
  },
  {
    name: 'the margin on a wait',
    file: 'core/account/reaction.ts',
    find: ' + policy.floodMarginSeconds',
    replace: '',
    project: 'pure',
    tests: ['core/account/reaction.test.ts'],
  },
  {
    name: 'the reconciler never resends twice',
    file: 'core/campaign/reconcile.ts',
    find: 'earlierUnknowns === 0 ?',
    replace: 'earlierUnknowns >= 0 ?',
    project: 'pure',
    tests: ['core/campaign/ending.test.ts'],
  },
  uniqueKey('attempt_campaign_person', '"campaign_id","person_id"'),
  uniqueKey('attempt_community_person', '"community_id","person_id"'),
  uniqueKey('attempt_account_open', '"account_id"'),
  {
    ...attempts,
    name: 'compare and set in closeAttempt',
    file: 'db/attempt-rows.ts',
    find: 'and status::text in (select json_array_elements_text(',
    replace: 'and true in (select true from json_array_elements_text(',
  },
  {
    ...attempts,
    name: 'the lease token of the attempt at settling',
    file: 'db/commands/settle-attempt.ts',
    find: `if (facts.open.leaseToken !== leaseToken) throw new Refused('conflict');`,
    replace: '',
    tests: ['db/commands/settle-attempt.test.ts'],
  },
  {
    ...attempts,
    name: 'the newest lease token at settling',
    file: 'db/settlement.ts',
    find: '!locked || !lane.lease.isNewest',
    replace: '!locked',
  },
  {
    ...attempts,
    name: 'the lease at reserving',
    file: 'db/commands/reserve-attempt.ts',
    find: '!account || !facts.lease.isRunning',
    replace: '!account',
  },
  {
    ...attempts,
    name: 'suppression is read in the transaction',
    file: 'db/candidates.ts',
    find: 'question.hasSuppressions ? await suppressedAmong(tx, question, rows) : () => false',
    replace: 'await suppressedAmong(tx, question, []) && (() => false)',
  },
  {
    ...attempts,
    name: 'a deadline marks unknown',
    file: 'db/commands/mark-unknown.ts',
    find: `set status = 'unknown', reason = 'outcome_unknown'`,
    replace: `set reason = 'outcome_unknown'`,
  },
  {
    name: 'a wait holds in every campaign of the community',
    file: 'db/settlement.ts',
    find: 'if (notBefore) await waitInTwins(tx, { personId, communityId, reason, notBefore });',
    replace: '',
    project: 'services',
    tests: ['db/commands/shared-community.test.ts'],
  },
  {
    ...leases,
    name: 'each grant has a new token',
    file: 'db/dispatch.ts',
    find: 'then token else token + 1 end',
    replace: 'then token else token end',
  },
  {
    ...fence,
    name: 'a worker fences itself off',
    find: 'for (const [accountId, lease] of leases) if (!isFresh(lease)) lose(accountId);',
    replace: '',
    project: 'services',
  },
  {
    ...fence,
    name: 'a stale lease gives no token',
    find: 'return lease && isFresh(lease) ? lease.token : undefined;',
    replace: 'return lease?.token;',
    project: 'services',
  },
];
