import { byId } from './dom.ts';
import type { Texts } from './texts.ts';
import { THEMES, type ThemeName } from './theme-params.ts';

export type Theme = {
  readonly name: ThemeName;
  readonly params: Record<string, string>;
  /** Calls back after every change; returns how to stop. */
  onChange(listener: () => void): () => void;
};

const ICONS: Record<ThemeName, string> = {
  light:
    '<circle cx="12" cy="12" r="4"/><path d="M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M5 19l1.4-1.4M17.6 6.4 19 5"/>',
  dark: '<path d="M20 14.5A8 8 0 1 1 9.5 4 6.5 6.5 0 0 0 20 14.5z"/>',
};

/** The theme of the page and of the Mini App; the header's button changes it. */
export function createTheme(initial: ThemeName, texts: Texts): Theme {
  const listeners = new Set<() => void>();
  const button = byId<HTMLButtonElement>('toggle-theme');
  let name = initial;

  const apply = () => {
    const root = document.documentElement;
    root.dataset.theme = name;
    for (const [key, value] of Object.entries(THEMES[name])) {
      root.style.setProperty(`--tg-${key.replaceAll('_', '-')}`, value);
    }
    const other = name === 'light' ? 'dark' : 'light';
    button.setAttribute('aria-label', other === 'dark' ? texts.darkTheme : texts.lightTheme);
    button.innerHTML = `<svg viewBox="0 0 24 24" aria-hidden="true">${ICONS[other]}</svg>`;
  };
  button.onclick = () => {
    name = name === 'light' ? 'dark' : 'light';
    apply();
    for (const listener of listeners) listener();
  };
  apply();

  return {
    get name() {
      return name;
    },
    get params() {
      return { ...THEMES[name] };
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
