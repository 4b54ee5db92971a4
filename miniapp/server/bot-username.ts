import { z } from 'zod';
import type { Secret } from '#core/secret.ts';
import { ServerProblem } from './http/problems.ts';

const TELEGRAM = 'https://api.telegram.org';
const DEADLINE_MS = 5_000;

const answerSchema = z.object({ result: z.object({ username: z.string().min(1) }) });

/** Asks the Bot API for the bot's name, once; a failure is asked again by the next who wants to know. */
export const createBotUsername = (bot: {
  token: Secret;
  apiUrl: string | undefined;
}): (() => Promise<string>) => {
  let known: string | undefined;
  return async () => {
    known ??= await ask(bot).catch(() => {
      throw new ServerProblem('bot.unreachable');
    });
    return known;
  };
};

const ask = async ({ token, apiUrl = TELEGRAM }: { token: Secret; apiUrl: string | undefined }) => {
  const signal = AbortSignal.timeout(DEADLINE_MS);
  const answer = await fetch(`${apiUrl}/bot${token.reveal()}/getMe`, { signal });
  return answerSchema.parse(await answer.json()).result.username;
};
