import { InlineKeyboard } from 'grammy';

/** A button opens the Mini App, or sends its `data` (at most 64 bytes) back as a callback. */
export type Button = { text: string; webApp: string } | { text: string; data: string };

/** What one message shows: HTML text and rows of buttons. Built by pure views, shown by handlers. */
export type Screen = { text: string; buttons: Button[][] };

/** Telegram's own form of a screen, for sendMessage and editMessageText alike. */
export const toMessage = (screen: Screen) => ({
  text: screen.text,
  options: {
    parse_mode: 'HTML' as const,
    link_preview_options: { is_disabled: true },
    reply_markup: new InlineKeyboard(screen.buttons.map((row) => row.map(toTelegramButton))),
  },
});

const toTelegramButton = (button: Button) =>
  'webApp' in button
    ? InlineKeyboard.webApp(button.text, button.webApp)
    : InlineKeyboard.text(button.text, button.data);

/** Text that shows as it is inside an HTML message. */
export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
