import { InlineKeyboard } from 'grammy';

/** A button opens the Mini App or a page in the browser, or sends its `data` (at most 64 bytes) back as a callback. */
export type Button = { text: string } & ({ webApp: string } | { url: string } | { data: string });

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

const toTelegramButton = (button: Button) => {
  if ('webApp' in button) return InlineKeyboard.webApp(button.text, button.webApp);
  if ('url' in button) return InlineKeyboard.url(button.text, button.url);
  return InlineKeyboard.text(button.text, button.data);
};

/** Text that shows as it is inside an HTML message. */
export const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
