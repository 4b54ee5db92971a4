import type { Update } from './update.ts';
import type { UpdateQueue } from './update-queue.ts';

/** Pauses between failed deliveries double from the first to the last of these (real time). */
const FIRST_RETRY_MS = 100;
const LAST_RETRY_MS = 60_000;
const ANSWER_TIMEOUT_MS = 60_000;
/** A webhook may answer an update with one method call; longer bodies are not read as one. */
const MAX_REPLY_CHARS = 1_000_000;

export type WebhookConfig = { url: string; secretToken: string | undefined };

export type WebhookDeps = {
  queue: UpdateQueue;
  /** Runs the method call a webhook may answer with. */
  callMethod(method: string, values: Record<string, unknown>): Promise<unknown>;
  onDelivered(update: Update, status: number): void;
};

export type Webhook = {
  readonly config: WebhookConfig;
  readonly lastError: { date: number; message: string } | undefined;
  stop(): void;
};

/**
 * Posts a bot's updates to its address, one at a time and in order, each until it is answered with 2xx.
 * Carries X-Telegram-Bot-Api-Secret-Token when a secret was given (core.telegram.org/bots/api#setwebhook).
 */
export function startWebhook(config: WebhookConfig, deps: WebhookDeps): Webhook {
  const stopped = new AbortController();
  let lastError: Webhook['lastError'];
  void deliverAll();

  return {
    config,
    get lastError() {
      return lastError;
    },
    stop: () => stopped.abort(),
  };

  async function deliverAll(): Promise<void> {
    let retryMs = FIRST_RETRY_MS;
    while (!stopped.signal.aborted) {
      const update = deps.queue.first();
      if (!update) {
        await untilPushed();
        continue;
      }
      const failure = await deliver(update);
      if (failure === undefined) {
        deps.queue.confirm(update.update_id + 1);
        retryMs = FIRST_RETRY_MS;
      } else if (!stopped.signal.aborted) {
        lastError = { date: Math.floor(Date.now() / 1000), message: failure };
        await pause(retryMs);
        retryMs = Math.min(retryMs * 2, LAST_RETRY_MS);
      }
    }
  }

  /** What went wrong, in Telegram's words; undefined when delivered. */
  async function deliver(update: Update): Promise<string | undefined> {
    try {
      const answer = await fetch(config.url, {
        method: 'POST',
        redirect: 'manual',
        headers: {
          'content-type': 'application/json',
          ...(config.secretToken && { 'x-telegram-bot-api-secret-token': config.secretToken }),
        },
        body: JSON.stringify(update),
        signal: AbortSignal.any([stopped.signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]),
      });
      const body = await answer.text();
      deps.onDelivered(update, answer.status);
      if (!answer.ok) return `Wrong response from the webhook: ${answer.status} ${answer.statusText}`;
      await runReply(body);
      return undefined;
    } catch (error) {
      const cause = error instanceof Error ? error.cause : undefined;
      const code = cause instanceof Error && 'code' in cause ? cause.code : undefined;
      if (code === 'ECONNREFUSED') return 'Connection refused';
      return error instanceof Error && error.name === 'TimeoutError'
        ? 'Read timeout expired'
        : 'Connection failed';
    }
  }

  async function runReply(body: string): Promise<void> {
    if (!body.startsWith('{') || body.length > MAX_REPLY_CHARS) return;
    let reply: unknown;
    try {
      reply = JSON.parse(body);
    } catch {
      return;
    }
    if (typeof reply !== 'object' || reply === null || !('method' in reply)) return;
    const { method, ...values } = reply;
    // Telegram never tells a webhook what became of its reply.
    await deps.callMethod(String(method), values).catch(() => undefined);
  }

  function untilPushed(): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        stopListening();
        stopped.signal.removeEventListener('abort', end);
        resolve();
      };
      const stopListening = deps.queue.onPush(end);
      stopped.signal.addEventListener('abort', end, { once: true });
    });
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        clearTimeout(timer);
        stopped.signal.removeEventListener('abort', end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      stopped.signal.addEventListener('abort', end, { once: true });
    });
  }
}
