import { create } from './dom.ts';

export type DialogButton = { id: string; text: string; kind?: 'destructive' };

/** Asks; answers the id of the pressed button, undefined when the dialog was dismissed. */
export function openDialog(
  title: string,
  message: string,
  buttons: DialogButton[],
): Promise<string | undefined> {
  return new Promise((resolve) => {
    const before = document.activeElement;
    const end = (id: string | undefined) => {
      veil.remove();
      document.removeEventListener('keydown', onKey);
      if (before instanceof HTMLElement) before.focus();
      resolve(id);
    };
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape') end(undefined);
    };
    const actions = buttons.map(({ id, text, kind }) =>
      create('button', { type: 'button', textContent: text, className: kind ?? '', onclick: () => end(id) }),
    );
    const dialog = create('div', { className: 'dialog' });
    dialog.setAttribute('role', 'alertdialog');
    dialog.setAttribute('aria-modal', 'true');
    dialog.setAttribute('aria-label', title || message);
    if (title) dialog.append(create('h3', { textContent: title }));
    dialog.append(create('p', { textContent: message }), create('div', { className: 'actions' }, ...actions));
    const veil = create('div', { className: 'dialog-veil' }, dialog);
    veil.addEventListener('click', (event) => {
      if (event.target === veil) end(undefined);
    });
    document.addEventListener('keydown', onKey);
    document.body.append(veil);
    actions.at(-1)?.focus();
  });
}
