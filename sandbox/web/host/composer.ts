import type { Conversation } from '#sandbox/control/conversation.ts';
import { byId, create } from './dom.ts';
import type { Texts } from './texts.ts';

type ComposerActions = {
  send(text: string): Promise<unknown>;
  sendFile(file: File): Promise<unknown>;
  /** Opens the Mini App of the menu button. */
  openMenu(): Promise<unknown>;
};

/** Where the person writes: input, files, menu button, commands, START and the bot's own keyboard. */
export function createComposer(texts: Texts, actions: ComposerActions) {
  const text = byId<HTMLInputElement>('text');
  const file = byId<HTMLInputElement>('file');
  const menu = byId<HTMLButtonElement>('menu-button');
  const commands = byId('commands');
  const start = byId<HTMLButtonElement>('start');
  const keyboard = byId('reply-keyboard');
  const row = byId('composer-row');

  text.placeholder = texts.message;
  text.setAttribute('aria-label', texts.message);
  byId('send').setAttribute('aria-label', texts.send);
  const attachLabel = byId('attach').querySelector('span');
  if (attachLabel) attachLabel.textContent = texts.attach;
  start.textContent = texts.start;

  byId('composer').addEventListener('submit', (event) => {
    event.preventDefault();
    const written = text.value.trim();
    text.value = '';
    if (written !== '') void actions.send(written);
  });
  file.onchange = () => {
    const [chosen] = file.files ?? [];
    if (chosen) void actions.sendFile(chosen);
    file.value = '';
  };
  start.onclick = () => void actions.send('/start');
  document.addEventListener('click', (event) => {
    if (event.target !== menu) commands.hidden = true;
  });

  return {
    draw(conversation: Conversation): void {
      const { menuButton } = conversation;
      const hasStarted = conversation.messages.some((message) => message.from === 'user');
      start.hidden = hasStarted && !conversation.blocked;
      row.hidden = !start.hidden;
      const isApp = menuButton.type === 'web_app';
      menu.hidden = !isApp && conversation.commands.length === 0;
      menu.textContent = isApp ? menuButton.text : `☰ ${texts.menu}`;
      menu.onclick = () => {
        if (isApp) void actions.openMenu();
        else commands.hidden = !commands.hidden;
      };
      commands.replaceChildren(
        ...conversation.commands.map(({ command, description }) =>
          create(
            'li',
            {},
            create(
              'button',
              { type: 'button', onclick: () => void actions.send(`/${command}`) },
              create('strong', { textContent: `/${command}` }),
              create('span', { textContent: description }),
            ),
          ),
        ),
      );
      drawKeyboard(conversation.replyKeyboard ?? []);
    },
  };

  function drawKeyboard(rows: { text: string }[][]): void {
    keyboard.hidden = rows.length === 0;
    keyboard.replaceChildren(
      ...rows.map((buttons) =>
        create(
          'div',
          { className: 'keyboard-row' },
          ...buttons.map((button) =>
            create('button', {
              type: 'button',
              textContent: button.text,
              onclick: () => void actions.send(button.text),
            }),
          ),
        ),
      ),
    );
  }
}
