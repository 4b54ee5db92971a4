import type { CallContext, FaultAction } from '#sandbox/mtproto/server.ts';
import { createRandom } from '#sandbox/world/random.ts';
import { actionOf, type FaultRule, type FaultRuleInput, faultRule } from './rule.ts';

export type ActiveFault = FaultRule & { id: number; struck: number };

export type Faults = {
  /** Adds a rule behind those there are; returns its id. Throws ZodError on a malformed one. */
  add(rule: FaultRuleInput): number;
  /** False when there is no such rule. */
  remove(id: number): boolean;
  clear(): void;
  list(): ActiveFault[];
  /** The action of the first rule that strikes this call. */
  decide(ctx: CallContext, method: string): FaultAction | undefined;
};

/** An ordered list of fault rules, each with its own count and its own seeded chance. */
export function createFaults(): Faults {
  let nextId = 1;
  const rules = new Map<number, { fault: ActiveFault; strikes: () => boolean }>();
  return {
    add(input) {
      const fault = { ...faultRule.parse(input), id: nextId++, struck: 0 };
      rules.set(fault.id, { fault, strikes: createStrike(fault) });
      return fault.id;
    },
    remove: (id) => rules.delete(id),
    clear: () => rules.clear(),
    list: () => [...rules.values()].map(({ fault }) => ({ ...fault })),
    decide(ctx, method) {
      for (const { fault, strikes } of rules.values())
        if (concerns(fault, ctx, method) && strikes()) return actionOf(fault);
      return undefined;
    },
  };
}

function concerns({ match }: FaultRule, ctx: CallContext, method: string): boolean {
  if (match.account !== undefined && match.account !== ctx.auth.userId) return false;
  if (match.dc !== undefined && match.dc !== ctx.dcId) return false;
  if (match.method === '*') return true;
  return match.method.endsWith('.*') ? method.startsWith(match.method.slice(0, -1)) : match.method === method;
}

function createStrike(fault: ActiveFault): () => boolean {
  const { afterN, times, probability, seed } = fault.match;
  const random = createRandom(`fault:${seed}`);
  let seen = 0;
  return () => {
    if (seen++ < afterN) return false;
    if (times !== undefined && fault.struck >= times) return false;
    if (!random.chance(probability)) return false;
    fault.struck++;
    return true;
  };
}
