import type { ControlApi } from './control-api.ts';
import { openDialog } from './dialog.ts';
import { byId, create } from './dom.ts';
import { log } from './host-log.ts';
import { createBottomButtons } from './mini-app-buttons.ts';
import { createProtocol, type FromApp } from './mini-app-protocol.ts';
import type { Texts } from './texts.ts';
import type { Theme } from './theme.ts';

export type MiniAppDeps = { api: ControlApi; theme: Theme; texts: Texts; openLink(url: string): void };

/** As Telegram Web A frames a Mini App. */
const FRAME_SANDBOX =
  'allow-scripts allow-same-origin allow-popups allow-forms allow-modals allow-storage-access-by-user-activation';
const FRAME_ALLOW = 'camera; microphone; geolocation; clipboard-write;';

export type MiniAppPanel = {
  /** Opens a launch address, in place of the app open before. */
  open(url: string, title: string): void;
};

/** The panel a Mini App lives in: its frame, header, native buttons and the talk with it. */
export function createMiniAppPanel(deps: MiniAppDeps): MiniAppPanel {
  const { texts, theme } = deps;
  const panel = byId('mini-app');
  let close = () => {};

  return {
    open(url, title) {
      close();
      close = openApp(url, title);
    },
  };

  function openApp(url: string, title: string): () => void {
    const frame = create('iframe', { title, allow: FRAME_ALLOW });
    frame.setAttribute('sandbox', FRAME_SANDBOX);
    frame.src = url;
    const placeholder = create('div', { className: 'placeholder' }, create('span'));
    const area = create('div', { className: 'frame-area' }, frame, placeholder);
    const state = { needsConfirmation: false, canGoBack: false, hasSettings: false };

    const send = (type: string, data?: unknown) => {
      log('host', type, data);
      const message = JSON.stringify({ eventType: type, eventData: data });
      frame.contentWindow?.postMessage(message, new URL(url).origin);
    };
    const buttons = createBottomButtons(theme, (which) => send(`${which}_button_pressed`));
    const header = createHeader(title);

    const end = () => {
      window.removeEventListener('message', onMessage);
      resize.disconnect();
      stopTheme();
      panel.hidden = true;
      panel.replaceChildren();
      panel.removeAttribute('style');
      log('chat', 'mini_app_closed');
    };
    const receive = createProtocol(deps, {
      send,
      sendViewport,
      showReady: () => placeholder.remove(),
      setButton: (which, look) => {
        buttons.set(which, look);
      },
      setBack: (isVisible) => {
        state.canGoBack = isVisible;
        header.draw();
      },
      setSettings: (isVisible) => {
        state.hasSettings = isVisible;
        header.draw();
      },
      setConfirmation: (isNeeded) => {
        state.needsConfirmation = isNeeded;
      },
      setColor: (part, color) => panel.style.setProperty(`--app-${part}`, color),
      close: end,
    });
    const onMessage = (event: MessageEvent) => {
      if (event.source !== frame.contentWindow || typeof event.data !== 'string') return;
      const message = parse(event.data);
      if (!message) return;
      // Before its first word the frame is not the app's yet.
      if (!hasSpoken) resize.observe(area);
      hasSpoken = true;
      log('app', message.eventType, message.eventData);
      receive(message);
    };
    const resize = new ResizeObserver(() => sendViewport());
    let hasSpoken = false;

    window.addEventListener('message', onMessage);
    const stopTheme = theme.onChange(() => {
      send('theme_changed', { theme_params: theme.params });
      buttons.draw();
    });
    panel.replaceChildren(header.element, area, buttons.element);
    panel.hidden = false;
    log('chat', 'mini_app_opened', { url });
    return end;

    function sendViewport(): void {
      const { width, height } = area.getBoundingClientRect();
      send('viewport_changed', {
        width: Math.round(width),
        height: Math.round(height),
        is_expanded: true,
        is_state_stable: true,
      });
    }

    async function askToClose(): Promise<void> {
      if (state.needsConfirmation) {
        const answer = await openDialog('', texts.closing, [
          { id: 'cancel', text: texts.cancel },
          { id: 'close', text: texts.closeAnyway, kind: 'destructive' },
        ]);
        if (answer !== 'close') return;
      }
      end();
    }

    function createHeader(text: string) {
      const leave = iconButton('', () => {
        if (state.canGoBack) send('back_button_pressed');
        else void askToClose();
      });
      const menu = create('menu', { className: 'app-menu', hidden: true });
      const more = iconButton('M5 12h.5M11.7 12h.5M18.5 12h.5', () => {
        menu.hidden = !menu.hidden;
      });
      more.setAttribute('aria-label', texts.more);
      menu.addEventListener('click', () => {
        menu.hidden = true;
      });
      const draw = () => {
        setIcon(leave, state.canGoBack ? 'M15 5l-7 7 7 7' : 'M6 6l12 12M18 6 6 18');
        leave.setAttribute('aria-label', state.canGoBack ? texts.back : texts.close);
        menu.replaceChildren(
          ...(state.hasSettings ? [menuItem(texts.settings, () => send('settings_button_pressed'))] : []),
          menuItem(texts.reload, () => send('reload_iframe')),
          ...(state.canGoBack ? [menuItem(texts.close, () => void askToClose())] : []),
        );
      };
      draw();
      const wrap = create('div', { className: 'more' }, more, menu);
      return {
        draw,
        element: create(
          'header',
          { className: 'app-header' },
          leave,
          create('h2', { textContent: text }),
          wrap,
        ),
      };
    }
  }
}

function parse(text: string): FromApp | undefined {
  try {
    const { eventType, eventData } = JSON.parse(text);
    return typeof eventType === 'string' ? { eventType, eventData: eventData ?? {} } : undefined;
  } catch {
    return undefined;
  }
}

function iconButton(path: string, onclick: () => void): HTMLButtonElement {
  const button = create('button', { type: 'button', className: 'icon-button', onclick });
  setIcon(button, path);
  return button;
}

function setIcon(button: HTMLElement, path: string): void {
  button.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`;
}

function menuItem(textContent: string, onclick: () => void): HTMLElement {
  return create('button', { type: 'button', textContent, onclick });
}
