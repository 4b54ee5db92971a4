import type { MessageEntity } from '#sandbox/world/types.ts';
import { badRequest } from '../bot-api-error.ts';
import type { FormattedText } from './entities.ts';

const TAG_TYPES: Record<string, string> = {
  b: 'bold',
  strong: 'bold',
  i: 'italic',
  em: 'italic',
  u: 'underline',
  ins: 'underline',
  s: 'strikethrough',
  strike: 'strikethrough',
  del: 'strikethrough',
  'tg-spoiler': 'spoiler',
  span: 'spoiler',
  a: 'text_link',
  code: 'code',
  pre: 'pre',
  blockquote: 'blockquote',
  'tg-emoji': 'custom_emoji',
};

const NAMED_CHARACTERS: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"' };

const START_TAG = /^<([a-zA-Z][\w-]*)((?:\s+[\w-]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?)*)\s*>/;
const END_TAG = /^<\/([a-zA-Z][\w-]*)?\s*>/;
const ATTRIBUTE = /([\w-]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+)))?/g;
const CHARACTER = /^&(?:#(\d+)|#x([0-9a-fA-F]+)|([a-z]+));/;

type OpenTag = { tag: string; attributes: Map<string, string>; offset: number };

/** Takes HTML markup out of a text; refuses it with Telegram's sentences (core.telegram.org/bots/api#html-style). */
export function parseHtml(source: string): FormattedText {
  const entities: MessageEntity[] = [];
  const open: OpenTag[] = [];
  let text = '';
  let at = 0;
  while (at < source.length) {
    const rest = source.slice(at);
    if (rest.startsWith('&')) {
      const [consumed, character] = readCharacter(rest);
      text += character;
      at += consumed;
    } else if (!rest.startsWith('<')) {
      text += rest[0];
      at += 1;
    } else if (rest.startsWith('</')) {
      const end = END_TAG.exec(rest);
      if (!end) throw unparsable(`Unclosed end tag at byte offset ${bytes(source, at)}`);
      const tag = open.pop();
      if (!tag) throw unparsable(`Unexpected end tag at byte offset ${bytes(source, at)}`);
      const name = end[1]?.toLowerCase();
      if (name !== undefined && name !== tag.tag) {
        throw unparsable(
          `Unmatched end tag at byte offset ${bytes(source, at)}, expected "</${tag.tag}>", found "</${name}>"`,
        );
      }
      const entity = toEntity(tag, text, open);
      if (entity) entities.push(entity);
      at += end[0].length;
    } else {
      const start = START_TAG.exec(rest);
      if (!start) throw unparsable(`Unclosed start tag at byte offset ${bytes(source, at)}`);
      const tag = (start[1] ?? '').toLowerCase();
      const attributes = readAttributes(start[2] ?? '');
      if (!(tag in TAG_TYPES)) {
        throw unparsable(`Unsupported start tag "${tag}" at byte offset ${bytes(source, at)}`);
      }
      if (tag === 'span' && attributes.get('class') !== 'tg-spoiler') {
        throw unparsable(`Tag "span" must have class "tg-spoiler" at byte offset ${bytes(source, at)}`);
      }
      open.push({ tag, attributes, offset: text.length });
      at += start[0].length;
    }
  }
  const unclosed = open.pop();
  if (unclosed) throw unparsable(`Can't find end tag corresponding to start tag "${unclosed.tag}"`);
  return { text, entities };
}

function toEntity(tag: OpenTag, text: string, outer: OpenTag[]): MessageEntity | undefined {
  const length = text.length - tag.offset;
  if (length === 0) return undefined;
  const place = { offset: tag.offset, length };
  if (tag.tag === 'a') {
    const url = tag.attributes.get('href') ?? text.slice(tag.offset);
    return { type: 'text_link', ...place, url };
  }
  if (tag.tag === 'tg-emoji') {
    return { type: 'custom_emoji', ...place, custom_emoji_id: tag.attributes.get('emoji-id') };
  }
  if (tag.tag === 'blockquote' && tag.attributes.has('expandable')) {
    return { type: 'expandable_blockquote', ...place };
  }
  const language = /^language-(.+)$/.exec(tag.attributes.get('class') ?? '')?.[1];
  const parent = outer.at(-1);
  if (tag.tag === 'code' && parent?.tag === 'pre' && language) {
    parent.attributes.set('class', `language-${language}`);
    return undefined;
  }
  if (tag.tag === 'pre' && language) return { type: 'pre', ...place, language };
  return { type: TAG_TYPES[tag.tag] ?? tag.tag, ...place };
}

function readAttributes(source: string): Map<string, string> {
  const attributes = new Map<string, string>();
  for (const [, name = '', double, single, bare] of source.matchAll(ATTRIBUTE)) {
    attributes.set(name.toLowerCase(), decode(double ?? single ?? bare ?? ''));
  }
  return attributes;
}

function decode(value: string): string {
  return value.replaceAll(/&(?:#\d+|#x[0-9a-fA-F]+|[a-z]+);/g, (match) => readCharacter(match)[1]);
}

/** An unknown name stands for itself. */
function readCharacter(rest: string): [consumed: number, character: string] {
  const match = CHARACTER.exec(rest);
  if (!match) return [1, '&'];
  const [whole, decimal, hex, name = ''] = match;
  const code = decimal ? Number.parseInt(decimal, 10) : hex ? Number.parseInt(hex, 16) : undefined;
  if (code !== undefined) return code > 0x10ffff ? [1, '&'] : [whole.length, String.fromCodePoint(code)];
  const character = NAMED_CHARACTERS[name];
  return character === undefined ? [1, '&'] : [whole.length, character];
}

const bytes = (source: string, index: number) => Buffer.byteLength(source.slice(0, index));
const unparsable = (reason: string) => badRequest(`can't parse entities: ${reason}`);
