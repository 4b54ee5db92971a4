import { z } from 'zod';
import type { WorldClock } from '#sandbox/world/clock.ts';
import type { UserId } from '#sandbox/world/types.ts';
import { createTokenBucket, type TokenBucket } from './token-bucket.ts';

const rule = z.strictObject({
  /** These methods share one bucket per account. */
  methods: z.array(z.string()).min(1),
  /** Calls allowed at once. */
  capacity: z.number().int().positive(),
  /** Business milliseconds until one more is allowed. */
  refillMs: z.number().positive(),
  /** What the call after the last one gets. */
  answer: z.enum(['flood_wait', 'peer_flood']),
});

export const limitModel = z.array(rule);
export type LimitModel = z.infer<typeof limitModel>;

/** An example near the figures people report; Telegram publishes none. */
export const reportedLimits: LimitModel = [
  {
    methods: ['channels.inviteToChannel', 'messages.addChatUser'],
    capacity: 50,
    refillMs: 1_728_000,
    answer: 'peer_flood',
  },
  {
    methods: ['contacts.resolveUsername', 'contacts.resolvePhone'],
    capacity: 10,
    refillMs: 600_000,
    answer: 'flood_wait',
  },
  {
    methods: ['channels.getParticipants', 'messages.getHistory', 'messages.getReplies'],
    capacity: 300,
    refillMs: 200,
    answer: 'flood_wait',
  },
];

export type Limits = {
  /** Replaces the model; every account starts with full buckets. An empty model limits nothing. */
  configure(model: LimitModel): void;
  model(): LimitModel;
  /** Counts the call; the error it gets when it is one too many. */
  decide(account: UserId, method: string): { code: number; text: string } | undefined;
};

/**
 * A MODEL of Telegram's limits, not their truth: one token bucket per account and rule, on business time.
 * Off until configured.
 */
export function createLimits({ clock }: { clock: WorldClock }): Limits {
  let current: LimitModel = [];
  const buckets = new Map<string, TokenBucket>();
  const bucketOf = (account: UserId, index: number, rule: LimitModel[number]) => {
    const key = `${index}:${account}`;
    const bucket = buckets.get(key) ?? createTokenBucket(rule);
    buckets.set(key, bucket);
    return bucket;
  };
  return {
    configure(model) {
      current = limitModel.parse(model);
      buckets.clear();
    },
    model: () => current,
    decide(account, method) {
      for (const [index, rule] of current.entries()) {
        if (!rule.methods.includes(method)) continue;
        const waitMs = bucketOf(account, index, rule).take(clock.now().getTime());
        if (waitMs === 0) continue;
        return rule.answer === 'peer_flood'
          ? { code: 400, text: 'PEER_FLOOD' }
          : { code: 420, text: `FLOOD_WAIT_${Math.ceil(waitMs / 1000)}` };
      }
      return undefined;
    },
  };
}
