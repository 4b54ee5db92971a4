import { z } from 'zod';
import { createRandom } from '#sandbox/world/random.ts';

/** What goes wrong with one Bot API call. */
export const botFaultSchema = z.strictObject({
  match: z
    .strictObject({
      /** Letter case does not matter; without it every method matches. */
      method: z.string().optional(),
      /** As the bot names it, such as `-1002000000001`. */
      chat: z.string().optional(),
      /** Lets this many matching calls through first. */
      afterN: z.number().int().min(0).default(0),
      /** Strikes this often, then never again; without it always. */
      times: z.number().int().min(1).optional(),
      probability: z.number().min(0).max(1).default(1),
      seed: z.union([z.string(), z.number()]).default(0),
    })
    .prefault({}),
  action: z.discriminatedUnion('kind', [
    z.strictObject({
      kind: z.literal('error'),
      code: z.number().int().min(400).max(599),
      description: z.string(),
      retryAfterSeconds: z.number().int().min(1).optional(),
    }),
    /** The method runs `ms` later (real time). */
    z.strictObject({ kind: z.literal('delay'), ms: z.number().int().min(0) }),
    /** The connection ends before the method would run. */
    z.strictObject({ kind: z.literal('dropBefore') }),
    /** The method runs, then the connection ends instead of the answer. */
    z.strictObject({ kind: z.literal('dropAfterEffect') }),
    /** The method runs; no answer is ever sent. */
    z.strictObject({ kind: z.literal('noReply') }),
  ]),
});
export type BotFault = z.output<typeof botFaultSchema>;
export type BotFaultAction = BotFault['action'];

/** Ordered rules: the first that matches decides. */
export type BotFaults = {
  /** Adds a rule behind those there are; returns its id. */
  add(fault: BotFault): string;
  /** False when there is no such rule. */
  remove(id: string): boolean;
  list(): ({ id: string; struck: number } & BotFault)[];
  clear(): void;
  decide(method: string, chat: string | undefined): BotFaultAction | undefined;
};

export function createBotFaults(): BotFaults {
  type Rule = { id: string; fault: BotFault; seen: number; struck: number; roll: () => number };
  const rules = new Map<string, Rule>();
  let nextId = 1;
  return {
    add(fault) {
      const random = createRandom(`bot-fault:${fault.match.seed}`);
      const id = `bot-${nextId}`;
      nextId += 1;
      rules.set(id, { id, fault, seen: 0, struck: 0, roll: () => random.next() });
      return id;
    },
    remove: (id) => rules.delete(id),
    list: () => [...rules.values()].map(({ id, struck, fault }) => ({ id, struck, ...fault })),
    clear: () => rules.clear(),
    decide(method, chat) {
      for (const rule of rules.values()) {
        const { match, action } = rule.fault;
        if (match.method !== undefined && match.method.toLowerCase() !== method.toLowerCase()) continue;
        if (match.chat !== undefined && match.chat !== chat) continue;
        rule.seen += 1;
        if (rule.seen <= match.afterN) continue;
        if (match.times !== undefined && rule.struck >= match.times) continue;
        if (match.probability < 1 && rule.roll() >= match.probability) continue;
        rule.struck += 1;
        return action;
      }
      return undefined;
    },
  };
}
