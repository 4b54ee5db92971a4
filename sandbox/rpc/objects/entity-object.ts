import type { TlObject } from '#sandbox/tl/object.ts';
import type { MessageEntity } from '#sandbox/world/types.ts';

const constructors: Record<string, string> = {
  bold: 'messageEntityBold',
  italic: 'messageEntityItalic',
  underline: 'messageEntityUnderline',
  strikethrough: 'messageEntityStrike',
  spoiler: 'messageEntitySpoiler',
  blockquote: 'messageEntityBlockquote',
  code: 'messageEntityCode',
  pre: 'messageEntityPre',
  text_link: 'messageEntityTextUrl',
  url: 'messageEntityUrl',
  mention: 'messageEntityMention',
  hashtag: 'messageEntityHashtag',
  bot_command: 'messageEntityBotCommand',
};

/** A Bot API entity as MTProto shows it; undefined for kinds that only the Bot API's side makes use of. */
export function entityObject({ type, offset, length, url, language }: MessageEntity): TlObject | undefined {
  const name = constructors[type];
  if (name === undefined) return undefined;
  return {
    _: name,
    offset,
    length,
    ...(type === 'text_link' ? { url: String(url ?? '') } : {}),
    ...(type === 'pre' ? { language: String(language ?? '') } : {}),
  };
}
