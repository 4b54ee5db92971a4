import { z } from 'zod';
import { tooManyRequests } from './bot-api-error.ts';

/**
 * A model: Telegram names about one message a second to one chat, 20 a minute into one group and 30 a second in all
 * (core.telegram.org/bots/faq), but not how it counts. Real time.
 */
export const botRateLimitsSchema = z.strictObject({
  enabled: z.boolean().default(false),
  perChatPerSecond: z.number().int().min(1).default(1),
  perGroupPerMinute: z.number().int().min(1).default(20),
  perBotPerSecond: z.number().int().min(1).default(30),
});
export type BotRateLimits = z.output<typeof botRateLimitsSchema>;

export type BotRateLimiter = {
  configure(limits: BotRateLimits): void;
  readonly limits: BotRateLimits;
  /** Counts one sent or edited message; throws 429 with the whole seconds to wait when it is one too many. */
  spend(bot: string, chat: string, isGroup: boolean): void;
  /** Forgets what was counted and limits nothing. */
  reset(): void;
};

export function createBotRateLimiter(nowMs: () => number = Date.now): BotRateLimiter {
  let limits = botRateLimitsSchema.parse({});
  const windows = new Map<string, number[]>();

  /** Real milliseconds until one more fits; 0 when it fits now. */
  const waitMs = (key: string, count: number, windowMs: number, now: number) => {
    const recent = (windows.get(key) ?? []).filter((at) => at > now - windowMs);
    windows.set(key, recent);
    const oldest = recent.at(-count);
    return oldest === undefined ? 0 : oldest + windowMs - now;
  };

  return {
    configure(next) {
      limits = next;
      windows.clear();
    },
    get limits() {
      return limits;
    },
    spend(bot, chat, isGroup) {
      if (!limits.enabled) return;
      const now = nowMs();
      const rules: [key: string, count: number, windowMs: number][] = [
        [`bot ${bot}`, limits.perBotPerSecond, 1_000],
        isGroup
          ? [`group ${bot} ${chat}`, limits.perGroupPerMinute, 60_000]
          : [`chat ${bot} ${chat}`, limits.perChatPerSecond, 1_000],
      ];
      const longest = Math.max(...rules.map((rule) => waitMs(...rule, now)));
      if (longest > 0) throw tooManyRequests(Math.ceil(longest / 1000));
      for (const [key] of rules) windows.get(key)?.push(now);
    },
    reset() {
      limits = botRateLimitsSchema.parse({});
      windows.clear();
    },
  };
}
