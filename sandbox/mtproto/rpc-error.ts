/** An error as Telegram answers it: a numeric `code` (400, 420, 500 …) and a `text` such as `FLOOD_WAIT_37`. */
export class RpcError extends Error {
  override readonly name = 'RpcError';
  readonly code: number;
  readonly text: string;

  constructor(code: number, text: string) {
    super(`${code} ${text}`);
    this.code = code;
    this.text = text;
  }
}
