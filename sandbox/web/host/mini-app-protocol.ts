import { openDialog } from './dialog.ts';
import { log } from './host-log.ts';
import type { MiniAppDeps } from './mini-app.ts';
import type { ButtonLook, WhichButton } from './mini-app-buttons.ts';

export type FromApp = { eventType: string; eventData: Record<string, unknown> };

type Popup = { title?: string; message: string; buttons: { id?: string; type?: string; text?: string }[] };
type CustomCall = { req_id: string; method: string; params: object };
type Download = { url: string; file_name: string };

export type PanelActions = {
  send(type: string, data?: unknown): void;
  sendViewport(): void;
  showReady(): void;
  setButton(which: WhichButton, look: ButtonLook): void;
  setBack(isVisible: boolean): void;
  setSettings(isVisible: boolean): void;
  setConfirmation(isNeeded: boolean): void;
  setColor(part: 'header' | 'background' | 'bottom-bar', color: string): void;
  close(): void;
};

const NO_INSETS = { top: 0, bottom: 0, left: 0, right: 0 };
/** Web A hides scroll bars and paints the app in the theme's background. */
const CUSTOM_STYLE =
  '* { scrollbar-width: thin; } :root { scrollbar-color: rgb(128 128 128 / 45%) transparent; }';

/** Answers what a Mini App asks of Telegram Web, version 9.1 (core.telegram.org/api/web-events). */
export function createProtocol({ api, theme, texts, openLink }: MiniAppDeps, panel: PanelActions) {
  const handlers: Record<string, (data: FromApp['eventData']) => void> = {
    iframe_ready: () => panel.send('set_custom_style', CUSTOM_STYLE),
    web_app_ready: panel.showReady,
    web_app_expand: panel.sendViewport,
    web_app_close: panel.close,
    web_app_request_theme: () => panel.send('theme_changed', { theme_params: theme.params }),
    web_app_request_viewport: panel.sendViewport,
    web_app_request_safe_area: () => panel.send('safe_area_changed', NO_INSETS),
    web_app_request_content_safe_area: () => panel.send('content_safe_area_changed', NO_INSETS),
    web_app_setup_main_button: (look) => panel.setButton('main', look),
    web_app_setup_secondary_button: (look) => panel.setButton('secondary', look),
    web_app_setup_back_button: ({ is_visible }) => panel.setBack(is_visible === true),
    web_app_setup_settings_button: ({ is_visible }) => panel.setSettings(is_visible === true),
    web_app_setup_closing_behavior: ({ need_confirmation }) =>
      panel.setConfirmation(need_confirmation === true),
    web_app_set_header_color: ({ color, color_key }) => panel.setColor('header', colorOf(color, color_key)),
    web_app_set_background_color: ({ color }) => panel.setColor('background', colorOf(color)),
    web_app_set_bottom_bar_color: ({ color }) => panel.setColor('bottom-bar', colorOf(color)),
    web_app_open_popup: (popup) => void showPopup(popup as Popup),
    web_app_invoke_custom_method: (call) => void invoke(call as CustomCall),
    web_app_request_write_access: () => void askWriteAccess(),
    // The sandbox's people never give their number away.
    web_app_request_phone: () => panel.send('phone_requested', { status: 'cancelled' }),
    web_app_request_file_download: (file) => void askDownload(file as Download),
    web_app_open_link: ({ url }) => openLink(String(url)),
    web_app_open_tg_link: ({ path_full }) => openLink(`https://t.me${String(path_full)}`),
    web_app_read_text_from_clipboard: ({ req_id }) => panel.send('clipboard_text_received', { req_id }),
    web_app_request_fullscreen: () => panel.send('fullscreen_failed', { error: 'UNSUPPORTED' }),
    web_app_check_home_screen: () => panel.send('home_screen_checked', { status: 'unsupported' }),
    web_app_add_to_home_screen: () => panel.send('home_screen_failed', { error: 'UNSUPPORTED' }),
    web_app_biometry_get_info: () => panel.send('biometry_info_received', { available: false }),
    web_app_open_invoice: ({ slug }) => panel.send('invoice_closed', { slug, status: 'cancelled' }),
    web_app_open_scan_qr_popup: () => panel.send('scan_qr_popup_closed'),
  };
  /** Telegram Web answers these with nothing. */
  const silent = new Set([
    'iframe_will_reload',
    'web_app_trigger_haptic_feedback',
    'web_app_setup_swipe_behavior',
    'web_app_toggle_orientation_lock',
    'web_app_exit_fullscreen',
    'web_app_data_send',
    'web_app_share_to_story',
    'web_app_switch_inline_query',
    'web_app_hide_keyboard',
  ]);

  return ({ eventType, eventData }: FromApp): void => {
    const handle = handlers[eventType];
    if (handle) handle(eventData);
    else if (!silent.has(eventType)) log('chat', 'unknown_event', { eventType });
  };

  function colorOf(color: unknown, key?: unknown): string {
    if (typeof color === 'string' && /^#[0-9a-f]{6}$/i.test(color)) return color;
    return theme.params[String(key)] ?? '';
  }

  async function showPopup(popup: Popup): Promise<void> {
    const standard: Record<string, string> = { ok: texts.ok, close: texts.close, cancel: texts.cancel };
    const pressed = await openDialog(
      popup.title ?? '',
      popup.message,
      popup.buttons.map(({ id = '', type = 'default', text }) => ({
        id,
        text: standard[type] ?? text ?? '',
        ...(type === 'destructive' && { kind: 'destructive' as const }),
      })),
    );
    panel.send('popup_closed', pressed === undefined ? {} : { button_id: pressed });
  }

  async function invoke(call: CustomCall): Promise<void> {
    const { req_id } = call;
    try {
      panel.send('custom_method_invoked', {
        req_id,
        result: await api.customMethod(call.method, call.params),
      });
    } catch (error) {
      panel.send('custom_method_invoked', { req_id, error: (error as Error).message });
    }
  }

  async function askWriteAccess(): Promise<void> {
    const answer = await openDialog('', texts.writeAccess, [
      { id: 'cancel', text: texts.cancel },
      { id: 'allow', text: texts.allow },
    ]);
    if (answer === 'allow') await api.allowWriting();
    panel.send('write_access_requested', { status: answer === 'allow' ? 'allowed' : 'cancelled' });
  }

  async function askDownload({ url, file_name: name }: Download): Promise<void> {
    const answer = await openDialog(texts.downloadFile, name, [
      { id: 'cancel', text: texts.cancel },
      { id: 'download', text: texts.download },
    ]);
    const isWanted = answer === 'download' && /^https?:/.test(url);
    if (isWanted) openLink(url);
    panel.send('file_download_requested', { status: isWanted ? 'downloading' : 'cancelled' });
  }
}
