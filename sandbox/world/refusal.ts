/** A rule of the world said no. `code` and `text` are Telegram's own (400, `USER_KICKED`); nothing was changed. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly code: number;
  readonly text: string;

  constructor(code: number, text: string) {
    super(`${code} ${text}`);
    this.code = code;
    this.text = text;
  }
}
