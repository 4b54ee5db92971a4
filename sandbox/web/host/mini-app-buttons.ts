import { create } from './dom.ts';
import type { Theme } from './theme.ts';

export type WhichButton = 'main' | 'secondary';

/** What an app says about a bottom button; what it leaves out stays as it was. */
export type ButtonLook = {
  is_visible?: boolean;
  is_active?: boolean;
  is_progress_visible?: boolean;
  text?: string;
  color?: string;
  text_color?: string;
  position?: 'left' | 'right' | 'top' | 'bottom';
};

/** The native buttons under a Mini App. */
export function createBottomButtons(theme: Theme, onPress: (which: WhichButton) => void) {
  const looks: Record<WhichButton, ButtonLook> = {
    main: { is_active: true },
    secondary: { is_active: true },
  };
  const elements = {
    main: create('button', { type: 'button', id: 'main-button', onclick: () => onPress('main') }),
    secondary: create('button', {
      type: 'button',
      id: 'secondary-button',
      onclick: () => onPress('secondary'),
    }),
  };
  const bar = create('div', { className: 'bottom-bar', hidden: true });

  const drawOne = (which: WhichButton) => {
    const look = looks[which];
    const button = elements[which];
    const { button_color, button_text_color, bottom_bar_bg_color } = theme.params;
    button.hidden = !look.is_visible || !look.text;
    button.textContent = look.is_progress_visible ? `${look.text} …` : (look.text ?? '');
    button.disabled = look.is_active === false || look.is_progress_visible === true;
    button.setAttribute('aria-busy', String(look.is_progress_visible === true));
    const isMain = which === 'main';
    button.style.background = look.color ?? (isMain ? button_color : bottom_bar_bg_color) ?? '';
    button.style.color = look.text_color ?? (isMain ? button_text_color : button_color) ?? '';
  };
  const draw = () => {
    drawOne('main');
    drawOne('secondary');
    const place = looks.secondary.position ?? 'left';
    const isFirst = place === 'left' || place === 'top';
    bar.classList.toggle('vertical', place === 'top' || place === 'bottom');
    bar.replaceChildren(
      ...(isFirst ? [elements.secondary, elements.main] : [elements.main, elements.secondary]),
    );
    bar.hidden = elements.main.hidden && elements.secondary.hidden;
  };

  return {
    element: bar,
    draw,
    set(which: WhichButton, look: ButtonLook): void {
      looks[which] = { ...looks[which], ...look };
      draw();
    },
  };
}
