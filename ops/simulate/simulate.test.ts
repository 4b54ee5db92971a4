import { describe, expect, it } from 'vitest';
import { defaultPolicy, limitPolicySchema } from '#core/pacing/policy.ts';
import { type Arrival, brokenLimits } from '#core/testing/limit-oracle.ts';
import { createRandom } from '#sandbox/world/random.ts';
import { playNode } from './play-node.ts';
import { simulate } from './simulate.ts';

/** The run, and what the plain oracle says of every team. */
function judged(question: Omit<Parameters<typeof simulate>[0], 'onTeam'>) {
  const teams: { connectedAt: Map<string, number>; arrivals: Arrival[] }[] = [];
  const told = simulate({
    ...question,
    onTeam({ connectedAtMs }) {
      const connectedAt = new Map(connectedAtMs.map((ms, account) => [String(account), ms]));
      const arrivals: Arrival[] = [];
      teams.push({ connectedAt, arrivals });
      return (account, at, campaign) =>
        arrivals.push({ accountId: String(account), communityId: String(campaign), at });
    },
  });
  const broken = teams.flatMap(({ connectedAt, arrivals }) =>
    brokenLimits(question.policy, connectedAt, arrivals),
  );
  return { told, broken: [...new Set(broken)], teams };
}

describe('a simulation', () => {
  it('breaks no limit of any account or community, and counts every invite', () => {
    const { told, broken, teams } = judged({ policy: defaultPolicy, accounts: 2000, days: 3, seed: 1 });
    expect(broken).toEqual([]);
    expect(teams.reduce((sum, { connectedAt }) => sum + connectedAt.size, 0)).toBe(2000);
    expect(told.teams).toBe(teams.length);
    expect(told.attempts).toBe(teams.reduce((sum, { arrivals }) => sum + arrivals.length, 0));
    expect(told.attempts).toBeGreaterThan(2000);
    expect(told.attemptsPerSecond.average * 3 * 86_400).toBeCloseTo(told.attempts, 5);
    const kinds = Object.values(told.statementsByKind);
    expect(kinds.reduce((sum, { average }) => sum + average, 0)).toBeCloseTo(
      told.statementsPerSecond.average,
      5,
    );
    expect(told.rowsKept.attempt.total).toBe(told.attempts);
    expect(told.leasesHeld.busiest).toBeLessThanOrEqual(2000);
  }, 60_000);

  it('breaks no limit when communities allow little and lifetimes end', () => {
    const policy = limitPolicySchema.parse({
      invitesPerCommunityDay: 12,
      invitesPerAccountCommunityLifetime: 20,
      burstLength: 2,
    });
    const { told, broken, teams } = judged({ policy, accounts: 200, days: 8, seed: 2 });
    expect(broken).toEqual([]);
    expect(told.rests).toBeGreaterThan(0);
    expect(teams.some(({ arrivals }) => arrivals.some(({ communityId }) => communityId !== '0'))).toBe(true);
  });

  it('is the same for a seed, and another for another', () => {
    const run = (seed: number) => {
      const { wallSeconds, peakMemoryMegabytes, ...told } = simulate({
        policy: defaultPolicy,
        accounts: 300,
        days: 2,
        seed,
      });
      return told;
    };
    expect(run(1)).toEqual(run(1));
    expect(run(2).attempts).not.toBe(run(1).attempts);
  });
});

describe('a node', () => {
  const costs = { lookMs: 5, lookCpuMs: 1, turnMs: 400, turnCpuMs: 5, postgresCpuMs: 5 };
  const play = (due: number, nodes = 1, seconds = 30) =>
    playNode(Array(seconds).fill(due), nodes, costs, createRandom(1));

  it('begins every due turn, late by a look while it has room', () => {
    const { turns, latenessMs } = play(20);
    expect(turns).toBe(600);
    expect(Math.min(...latenessMs)).toBeGreaterThanOrEqual(costs.lookMs);
    expect(latenessMs.sort((a, b) => a - b)[300]).toBeLessThan(30);
  });

  it('falls behind when more is due than its places hold', () => {
    // 64 places of 400 ms are 160 turns a second.
    const { turns, latenessMs } = play(200);
    expect(turns).toBeLessThanOrEqual(30 * 160 + 128);
    expect(Math.max(...latenessMs)).toBeGreaterThan(3000);
  });

  it('looks for slots of other nodes too', () => {
    const [alone, oneOfTen] = [play(5), play(50, 10)];
    expect(oneOfTen.turns).toBeLessThan(alone.turns * 1.5);
    expect(oneOfTen.looks).toBeGreaterThan(alone.looks * 3);
  });

  it('starts nothing when nothing is due', () => {
    expect(play(0)).toMatchObject({ turns: 0, latenessMs: [] });
  });
});
