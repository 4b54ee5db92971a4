/** A refusal in the Bot API's own words: it becomes `{ok: false, error_code, description, parameters?}`. */
export class BotApiError extends Error {
  readonly code: number;
  readonly parameters: { retry_after?: number } | undefined;

  constructor(code: number, description: string, parameters?: { retry_after?: number }) {
    super(description);
    this.name = 'BotApiError';
    this.code = code;
    this.parameters = parameters;
  }
}

/** 400. `reason` is Telegram's sentence without its prefix. */
export const badRequest = (reason: string) => new BotApiError(400, `Bad Request: ${reason}`);

/** 403: the bot may not write to or act in that chat. */
export const forbidden = (reason: string) => new BotApiError(403, `Forbidden: ${reason}`);

/** 409: updates are being taken in another way. */
export const conflict = (reason: string) => new BotApiError(409, `Conflict: ${reason}`);

/** 429: come back in `retryAfterSeconds`. */
export const tooManyRequests = (retryAfterSeconds: number) =>
  new BotApiError(429, `Too Many Requests: retry after ${retryAfterSeconds}`, {
    retry_after: retryAfterSeconds,
  });
