import type { MessageEntity } from '#sandbox/world/types.ts';
import { badRequest } from '../bot-api-error.ts';
import type { FormattedText } from './entities.ts';

/** Markers that open and close the same way; the longest first. */
const MARKERS: [marker: string, type: string, name: string][] = [
  ['```', 'pre', 'Pre'],
  ['||', 'spoiler', 'Spoiler'],
  ['__', 'underline', 'Underline'],
  ['*', 'bold', 'Bold'],
  ['_', 'italic', 'Italic'],
  ['~', 'strikethrough', 'Strikethrough'],
  ['`', 'code', 'Code'],
];

const RESERVED = '_*[]()~`>#+-=|{}.!';

type Open = { type: string; name: string; marker: string; offset: number; at: number };

/** Takes MarkdownV2 out of a text; refuses it with Telegram's sentences (core.telegram.org/bots/api#markdownv2-style). */
export function parseMarkdownV2(source: string): FormattedText {
  const entities: MessageEntity[] = [];
  const open: Open[] = [];
  let text = '';
  let at = 0;
  let quoteFrom: number | undefined;

  const close = (entity: Open, extra: Partial<MessageEntity> = {}) => {
    open.pop();
    const length = text.length - entity.offset;
    if (length > 0) entities.push({ type: entity.type, offset: entity.offset, length, ...extra });
  };
  const endQuote = () => {
    if (quoteFrom !== undefined && text.length > quoteFrom) {
      entities.push({ type: 'blockquote', offset: quoteFrom, length: text.length - quoteFrom });
    }
    quoteFrom = undefined;
  };

  while (at < source.length) {
    const rest = source.slice(at);
    const innermost = open.at(-1);
    const verbatim = innermost?.type === 'pre' || innermost?.type === 'code';
    const lineStart = at === 0 || source[at - 1] === '\n';

    if (quoteFrom !== undefined && lineStart && !rest.startsWith('>')) endQuote();

    if (rest[0] === '\\' && rest[1] !== undefined && rest.charCodeAt(1) <= 126) {
      text += rest[1];
      at += 2;
    } else if (innermost && rest.startsWith(innermost.marker) && innermost.marker !== ']') {
      const language = innermost.type === 'pre' ? takeLanguage(source, innermost) : undefined;
      if (language !== undefined)
        text = text.slice(0, innermost.offset) + text.slice(innermost.offset + language.length + 1);
      close(innermost, language ? { language } : {});
      at += innermost.marker.length;
    } else if (verbatim) {
      text += rest[0];
      at += 1;
    } else if (innermost?.marker === ']' && rest[0] === ']') {
      const target = /^\]\(((?:\\.|[^)\\])*)\)/.exec(rest);
      if (rest[1] === '(' && !target) {
        throw unparsable(`Can't find end of a URL at byte offset ${bytes(source, at)}`);
      }
      const url = target?.[1]?.replaceAll(/\\(.)/g, '$1') ?? text.slice(innermost.offset);
      close(innermost, { url });
      at += target ? target[0].length : 1;
    } else if (rest[0] === '[') {
      open.push({ type: 'text_link', name: 'TextUrl', marker: ']', offset: text.length, at });
      at += 1;
    } else if (lineStart && rest[0] === '>') {
      quoteFrom ??= text.length;
      at += 1;
    } else {
      const marker = MARKERS.find(([candidate]) => rest.startsWith(candidate));
      if (marker) {
        open.push({ type: marker[1], name: marker[2], marker: marker[0], offset: text.length, at });
        at += marker[0].length;
      } else if (RESERVED.includes(rest[0] ?? '')) {
        throw unparsable(`Character '${rest[0]}' is reserved and must be escaped with the preceding '\\'`);
      } else {
        text += rest[0];
        at += 1;
      }
    }
  }
  endQuote();
  const unclosed = open.pop();
  if (unclosed) {
    throw unparsable(
      `Can't find end of ${unclosed.name} entity at byte offset ${bytes(source, unclosed.at)}`,
    );
  }
  return { text, entities };
}

/** The word right after an opening ``` names the language when the line ends there. */
function takeLanguage(source: string, entity: Open): string | undefined {
  return /^```([\w+#-]*)\n/.exec(source.slice(entity.at))?.[1];
}

const bytes = (source: string, index: number) => Buffer.byteLength(source.slice(0, index));
const unparsable = (reason: string) => badRequest(`can't parse entities: ${reason}`);
