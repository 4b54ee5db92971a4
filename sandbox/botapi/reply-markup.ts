import { z } from 'zod';
import type { InlineKeyboard } from '#sandbox/world/types.ts';
import { badRequest } from './bot-api-error.ts';
import { json } from './params.ts';

const NOT_AN_OBJECT = 'object expected as reply markup';
const MAX_BUTTONS = 100;
const MAX_CALLBACK_DATA_BYTES = 64;

const inlineButton = z.looseObject({ text: z.string({ error: 'field "text" must be of type String' }) });
const inlineKeyboard = z.array(z.array(inlineButton), {
  error: "can't parse inline keyboard: Array of Array of InlineKeyboardButton expected",
});
const replyButton = z.union([
  z.string().transform((text) => ({ text })),
  z.looseObject({ text: z.string({ error: 'field "text" must be of type String' }) }),
]);

const markupSchema = z.looseObject(
  {
    inline_keyboard: inlineKeyboard.optional(),
    keyboard: z.array(z.array(replyButton)).optional(),
    remove_keyboard: z.boolean().optional(),
    force_reply: z.boolean().optional(),
  },
  { error: NOT_AN_OBJECT },
);

export const replyMarkup = json(markupSchema, "can't parse reply keyboard markup JSON object").optional();
export type ReplyMarkup = z.output<typeof markupSchema>;

/** An inline keyboard Telegram would take; undefined when there is none or it has no buttons. */
export function checkInlineKeyboard(
  markup: ReplyMarkup | undefined,
  isPrivate: boolean,
): InlineKeyboard | undefined {
  const rows = markup?.inline_keyboard?.filter((row) => row.length > 0) ?? [];
  if (rows.length === 0) return undefined;
  const buttons = rows.flat();
  if (buttons.length > MAX_BUTTONS) throw badRequest('reply markup is too long');
  for (const button of buttons) checkInlineButton(button, isPrivate);
  return { inline_keyboard: rows };
}

const ACTIONS = [
  'callback_data',
  'url',
  'web_app',
  'login_url',
  'switch_inline_query',
  'switch_inline_query_current_chat',
  'copy_text',
  'callback_game',
  'pay',
];

function checkInlineButton(button: z.output<typeof inlineButton>, isPrivate: boolean): void {
  if (button.text.trim() === '')
    throw badRequest("can't parse inline keyboard button: Text must be non-empty");
  if (!ACTIONS.some((action) => button[action] !== undefined)) {
    throw badRequest("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard");
  }
  const { callback_data: data, url, web_app: webApp } = button;
  if (data !== undefined) {
    const size = typeof data === 'string' ? Buffer.byteLength(data) : 0;
    if (size < 1 || size > MAX_CALLBACK_DATA_BYTES) throw badRequest('BUTTON_DATA_INVALID');
  }
  if (url !== undefined) checkButtonUrl('URL', url, ['http:', 'https:', 'tg:', 'ton:']);
  if (webApp === undefined) return;
  if (!isPrivate) throw badRequest('BUTTON_TYPE_INVALID');
  checkWebAppUrl((webApp as { url?: unknown }).url);
}

/** Mini Apps live on https; the sandbox also takes http on loopback. */
export function checkWebAppUrl(url: unknown): void {
  const parsed = checkButtonUrl('Web App URL', url, ['https:', 'http:']);
  if (parsed.protocol === 'http:' && !isLoopback(parsed)) {
    throw badRequest(
      `inline keyboard button Web App URL '${String(url)}' is invalid: Only HTTPS links are allowed`,
    );
  }
}

export function isLoopback(url: URL): boolean {
  return ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname);
}

function checkButtonUrl(what: string, url: unknown, protocols: string[]): URL {
  const invalid = (reason: string) =>
    badRequest(`inline keyboard button ${what} '${String(url)}' is invalid: ${reason}`);
  if (typeof url !== 'string' || !URL.canParse(url)) throw invalid('Wrong HTTP URL');
  const parsed = new URL(url);
  if (!protocols.includes(parsed.protocol)) throw invalid('Unsupported URL protocol');
  return parsed;
}
