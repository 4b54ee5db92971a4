import type { MessageEntity } from '#sandbox/world/types.ts';
import { create } from './dom.ts';

const TAGS: Record<string, keyof HTMLElementTagNameMap> = {
  bold: 'b',
  italic: 'i',
  underline: 'u',
  strikethrough: 's',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  expandable_blockquote: 'blockquote',
};

export type TextActions = { openLink(url: string): void; sendCommand(command: string): void };

/** A message's text with its formatting; links and commands can be pressed. */
export function renderText(text: string, entities: MessageEntity[], actions: TextActions): DocumentFragment {
  const fragment = document.createDocumentFragment();
  const ordered = [...entities].sort((a, b) => a.offset - b.offset || b.length - a.length);
  renderInto(fragment, text, 0, text.length, ordered, actions);
  return fragment;
}

function renderInto(
  parent: Node,
  text: string,
  from: number,
  to: number,
  entities: MessageEntity[],
  actions: TextActions,
): void {
  let at = from;
  for (let index = 0; index < entities.length; index++) {
    const entity = entities[index];
    if (!entity || entity.offset < at || entity.offset >= to) continue;
    const end = Math.min(entity.offset + entity.length, to);
    parent.appendChild(document.createTextNode(text.slice(at, entity.offset)));
    const element = createElement(entity, text.slice(entity.offset, end), actions);
    renderInto(element, text, entity.offset, end, entities.slice(index + 1), actions);
    parent.appendChild(element);
    at = end;
  }
  parent.appendChild(document.createTextNode(text.slice(at, to)));
}

function createElement(entity: MessageEntity, shown: string, actions: TextActions): HTMLElement {
  const tag = TAGS[entity.type];
  if (tag) return create(tag) as HTMLElement;
  if (entity.type === 'spoiler') return create('span', { className: 'spoiler', tabIndex: 0 });
  const url = linkOf(entity, shown);
  if (url !== undefined) {
    return create('a', {
      href: url,
      onclick: (event) => {
        event.preventDefault();
        actions.openLink(url);
      },
    });
  }
  if (entity.type === 'bot_command') {
    return create('a', {
      href: '#',
      onclick: (event) => {
        event.preventDefault();
        actions.sendCommand(shown);
      },
    });
  }
  return create('span');
}

/** Web addresses alone: a bot's text must not run scripts here. */
function linkOf(entity: MessageEntity, shown: string): string | undefined {
  if (entity.type === 'mention') return `https://t.me/${shown.slice(1)}`;
  if (entity.type === 'email') return `mailto:${shown}`;
  const url = entity.type === 'text_link' ? String(entity.url) : entity.type === 'url' ? shown : undefined;
  return url !== undefined && /^(?:https?|tg):\/\//.test(url) ? url : undefined;
}
