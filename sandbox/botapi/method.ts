import { z } from 'zod';
import type { World } from '#sandbox/world/create-world.ts';
import { Refusal } from '#sandbox/world/refusal.ts';
import type { User } from '#sandbox/world/types.ts';
import type { BotAccount } from './bot-account.ts';
import { badRequest } from './bot-api-error.ts';
import type { BotRateLimiter } from './bot-rate-limits.ts';
import type { CallbackQueries } from './callback-queries.ts';
import type { FileStore } from './file-store.ts';
import type { Upload } from './http/read-parameters.ts';
import { fromRefusal } from './refusals.ts';

export type BotUser = User & { bot: { token: string } };

/** What every method may use. */
export type BotServices = {
  world: World;
  files: FileStore;
  callbacks: CallbackQueries;
  limiter: BotRateLimiter;
  /** Starts delivering a bot's updates to an address, instead of the one before. */
  setWebhook(bot: BotUser, config: { url: string; secretToken: string | undefined }): void;
};

/** One call of one bot. */
export type BotCall = BotServices & {
  bot: BotUser;
  account: BotAccount;
  uploads: Map<string, Upload>;
  /** Aborts when the caller has gone. */
  signal: AbortSignal;
};

export type BotMethod = {
  name: string;
  /** Checks the values and runs; throws BotApiError. */
  run(call: BotCall, values: Record<string, unknown>): Promise<unknown>;
};

/** A method of the Bot API: its parameters, checked, then what it does. */
export function defineMethod<S extends z.ZodRawShape>(
  name: string,
  shape: S,
  run: (call: BotCall, params: z.output<z.ZodObject<S>>) => unknown,
): BotMethod {
  const schema = z.object(shape);
  return {
    name,
    async run(call, values) {
      const parsed = schema.safeParse(values);
      if (!parsed.success) {
        const [issue] = parsed.error.issues;
        throw badRequest(issue?.message ?? 'invalid parameters');
      }
      try {
        return await run(call, parsed.data);
      } catch (error) {
        throw error instanceof Refusal ? fromRefusal(error) : error;
      }
    },
  };
}
