import { z } from 'zod';
import type { MessageEntity } from '#sandbox/world/types.ts';
import { badRequest } from '../bot-api-error.ts';
import { parseHtml } from './parse-html.ts';
import { parseMarkdownV2 } from './parse-markdown-v2.ts';

/** One formatted stretch of a text; offset and length count UTF-16 units, as in the Bot API. */
export const messageEntitySchema = z.looseObject({
  type: z.string(),
  offset: z.number().int().min(0),
  length: z.number().int().min(1),
});

export type FormattedText = { text: string; entities: MessageEntity[] };

/** The text a bot sends, with its markup taken out: explicit entities, or markup of the named mode. */
export function formatText(
  text: string,
  parseMode: string | undefined,
  entities: MessageEntity[] | undefined,
): FormattedText {
  const formatted = trim(parse(text, parseMode, entities));
  return { text: formatted.text, entities: sortEntities([...formatted.entities, ...detectLinks(formatted)]) };
}

/** Telegram takes white space off both ends; entities move with their text. */
function trim({ text, entities }: FormattedText): FormattedText {
  const trimmed = text.trimEnd();
  const start = trimmed.length - trimmed.trimStart().length;
  const kept = entities.flatMap((entity) => {
    const offset = Math.max(entity.offset, start);
    const length = Math.min(entity.offset + entity.length, trimmed.length) - offset;
    return length > 0 ? [{ ...entity, offset: offset - start, length }] : [];
  });
  return { text: trimmed.slice(start), entities: kept };
}

/** A message's formatting: its own, else the commands, mentions and addresses found in what a person typed. */
export function entitiesOf(message: { text: string; entities?: MessageEntity[] }): MessageEntity[] {
  return message.entities ?? sortEntities(detectLinks({ text: message.text, entities: [] }));
}

function parse(
  text: string,
  parseMode: string | undefined,
  entities: MessageEntity[] | undefined,
): FormattedText {
  switch (parseMode?.toLowerCase()) {
    case undefined:
    case '':
      return { text, entities: entities ?? [] };
    case 'html':
      return parseHtml(text);
    case 'markdownv2':
      return parseMarkdownV2(text);
    default:
      throw badRequest('unsupported parse_mode');
  }
}

/** In this order: an address is never also a mention. */
const LINK_PATTERNS: [type: string, pattern: RegExp][] = [
  ['email', /[\w.+-]+@[\w-]+(?:\.[\w-]+)+/g],
  ['url', /\bhttps?:\/\/[^\s<>"]*[^\s<>".,;:!?)]/g],
  ['mention', /(?<![\w/])@[A-Za-z]\w{3,31}\b/g],
  ['bot_command', /(?<![\w/])\/\w{1,64}(?:@\w{3,32})?\b/g],
  ['hashtag', /(?<!\w)#[\p{L}\d_]*\p{L}[\p{L}\d_]*/gu],
];

function detectLinks({ text, entities }: FormattedText): MessageEntity[] {
  const found: MessageEntity[] = [];
  const taken = entities.filter((entity) => ['code', 'pre', 'text_link'].includes(entity.type));
  for (const [type, pattern] of LINK_PATTERNS) {
    for (const match of text.matchAll(pattern)) {
      const link = { type, offset: match.index, length: match[0].length };
      if ([...taken, ...found].some((other) => overlap(other, link))) continue;
      found.push(link);
    }
  }
  return found;
}

function overlap(a: MessageEntity, b: MessageEntity): boolean {
  return a.offset < b.offset + b.length && b.offset < a.offset + a.length;
}

function sortEntities(entities: MessageEntity[]): MessageEntity[] {
  return entities.sort((a, b) => a.offset - b.offset || b.length - a.length);
}
