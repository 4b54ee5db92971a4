import type { ContentfulStatusCode } from 'hono/utils/http-status';

/** A request control cannot fulfil: `{error: {code, message}}`. */
export class ControlError extends Error {
  readonly status: ContentfulStatusCode;
  readonly code: string;

  constructor(status: ContentfulStatusCode, code: string, message: string) {
    super(message);
    this.name = 'ControlError';
    this.status = status;
    this.code = code;
  }
}

export const notFound = (what: string, reference: string) =>
  new ControlError(404, `${what}.not_found`, `there is no ${what} ${reference}`);
