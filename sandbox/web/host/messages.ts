import type { Conversation, ConversationMessage } from '#sandbox/control/conversation.ts';
import { byId, create } from './dom.ts';
import { renderText, type TextActions } from './formatted-text.ts';
import type { Texts } from './texts.ts';

export type InlineButton = NonNullable<ConversationMessage['keyboard']>[number][number];

export type MessageActions = TextActions & {
  pressInline(message: ConversationMessage, button: InlineButton): Promise<void>;
};

/** Draws the conversation; what did not change keeps its element, so that focus and hover stay. */
export function createMessageList(texts: Texts, language: string, actions: MessageActions) {
  const list = byId('messages');
  const drawn = new Map<number, { item: HTMLElement; source: string }>();
  const time = new Intl.DateTimeFormat(language, { hour: '2-digit', minute: '2-digit' });
  const day = new Intl.DateTimeFormat(language, { day: 'numeric', month: 'long' });

  return {
    draw({ messages, bot }: Conversation): void {
      const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
      const items: HTMLElement[] = [];
      if (messages.length === 0) {
        items.push(note(bot.description ? `${texts.whatItDoes}\n${bot.description}` : texts.nothingYet));
      }
      let lastDay = '';
      for (const message of messages) {
        const date = day.format(new Date(message.at));
        if (date !== lastDay) items.push(note(date));
        lastDay = date;
        items.push(keep(message));
      }
      for (const id of drawn.keys()) {
        if (!messages.some((message) => message.id === id)) drawn.delete(id);
      }
      list.replaceChildren(...items);
      if (isAtEnd) list.scrollTop = list.scrollHeight;
    },
  };

  function keep(message: ConversationMessage): HTMLElement {
    const source = JSON.stringify(message);
    const known = drawn.get(message.id);
    if (known?.source === source) return known.item;
    const item = message.service ? note(texts.writeAllowed) : renderMessage(message);
    if (known) item.querySelector('.bubble')?.classList.add('changed');
    drawn.set(message.id, { item, source });
    return item;
  }

  function renderMessage(message: ConversationMessage): HTMLElement {
    const meta = time.format(new Date(message.at));
    const bubble = create('div', { className: 'bubble' });
    if (message.media) bubble.append(renderMedia(message.media));
    if (message.text !== '') {
      bubble.append(
        create('span', { className: 'text' }, renderText(message.text, message.entities, actions)),
      );
    }
    bubble.append(
      create('span', {
        className: 'meta',
        textContent: message.editedAt === undefined ? meta : `${texts.edited} ${meta}`,
      }),
    );
    const rows = (message.keyboard ?? []).map((row) =>
      create('div', { className: 'keyboard-row' }, ...row.map((button) => renderButton(message, button))),
    );
    const item = create(
      'li',
      { className: message.from === 'user' ? 'message own' : 'message' },
      bubble,
      ...rows,
    );
    item.dataset.messageId = String(message.id);
    return item;
  }

  function renderButton(message: ConversationMessage, button: InlineButton): HTMLElement {
    const element = create('button', { type: 'button', textContent: button.text });
    element.onclick = async () => {
      element.setAttribute('aria-busy', 'true');
      await actions.pressInline(message, button).finally(() => element.removeAttribute('aria-busy'));
    };
    return element;
  }
}

function note(text: string): HTMLElement {
  return create('li', { className: 'note', textContent: text });
}

function fileIcon(): HTMLElement {
  const icon = create('span', { className: 'avatar' });
  icon.innerHTML =
    '<svg viewBox="0 0 24 24" aria-hidden="true"><path d="M6 3h8l4 4v14H6zM14 3v4h4M9 12h6M9 16h6"/></svg>';
  return icon;
}

function renderMedia(media: NonNullable<ConversationMessage['media']>): HTMLElement {
  if (media.kind === 'photo') return create('img', { src: media.path, alt: media.name });
  const size = media.size < 1024 ? `${media.size} B` : `${(media.size / 1024).toFixed(1)} KB`;
  return create(
    'div',
    { className: 'document' },
    fileIcon(),
    create(
      'div',
      {},
      create('a', { href: media.path, download: media.name, textContent: media.name }),
      create('br'),
      size,
    ),
  );
}
