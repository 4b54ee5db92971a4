import type { ButtonAnswer } from '#sandbox/world/create-world.ts';
import { badRequest } from './bot-api-error.ts';

/** How long Telegram waits for a bot to answer a pressed button (real time; a model, unpublished). */
const ANSWER_WITHIN_MS = 15_000;

/** Pressed buttons nobody has answered yet. */
export type CallbackQueries = {
  /** A new query; its answer is undefined when the bot stays silent too long. */
  open(): { id: string; answer: Promise<ButtonAnswer | undefined> };
  /** Answers a query once; refuses an unknown, answered or expired one. */
  answer(id: string, answer: ButtonAnswer): void;
  /** Ends every open query unanswered. */
  close(): void;
};

export function createCallbackQueries(answerWithinMs = ANSWER_WITHIN_MS): CallbackQueries {
  const waiting = new Map<string, (answer: ButtonAnswer | undefined) => void>();
  let nextId = 1;
  return {
    open() {
      const id = String(nextId);
      nextId += 1;
      const answer = new Promise<ButtonAnswer | undefined>((resolve) => {
        const timer = setTimeout(() => settle(undefined), answerWithinMs);
        const settle = (value: ButtonAnswer | undefined) => {
          clearTimeout(timer);
          waiting.delete(id);
          resolve(value);
        };
        waiting.set(id, settle);
      });
      return { id, answer };
    },
    answer(id, answer) {
      const settle = waiting.get(id);
      if (!settle) {
        throw badRequest('query is too old and response timeout expired or query ID is invalid');
      }
      settle(answer);
    },
    close() {
      for (const settle of waiting.values()) settle(undefined);
    },
  };
}
