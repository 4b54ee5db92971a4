import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entitiesOf, formatText } from './entities.ts';

const html = (text: string) => formatText(text, 'HTML', undefined);
const markdown = (text: string) => formatText(text, 'MarkdownV2', undefined);

describe('HTML', () => {
  it('takes tags out and keeps nested stretches in UTF-16 units', () => {
    expect(
      html('😀 <b>bold <i>both</i></b> &lt;x&gt; <a href="https://a.example/?q=1&amp;r=2">link</a>'),
    ).toEqual({
      text: '😀 bold both <x> link',
      entities: [
        { type: 'bold', offset: 3, length: 9 },
        { type: 'italic', offset: 8, length: 4 },
        { type: 'text_link', offset: 17, length: 4, url: 'https://a.example/?q=1&r=2' },
      ],
    });
  });

  it('gives a code block its language', () => {
    expect(html('<pre><code class="language-ts">let a</code></pre>').entities).toEqual([
      { type: 'pre', offset: 0, length: 5, language: 'ts' },
    ]);
  });

  it.each([
    ['<b>open', 'Can\'t find end tag corresponding to start tag "b"'],
    ['close</b>', 'Unexpected end tag at byte offset 5'],
    ['<b>a</i>', 'Unmatched end tag at byte offset 4, expected "</b>", found "</i>"'],
    ['ж <div>', 'Unsupported start tag "div" at byte offset 3'],
    ['1 < 2', 'Unclosed start tag at byte offset 2'],
  ])('refuses %s', (text, reason) => {
    expect(() => html(text)).toThrow(`Bad Request: can't parse entities: ${reason}`);
  });
});

describe('MarkdownV2', () => {
  it('takes markers out', () => {
    expect(markdown('*bold _both_* `a\\`b` [x\\.y](https://a.example/\\)) ||s|| 1\\.')).toEqual({
      text: 'bold both a`b x.y s 1.',
      entities: [
        { type: 'bold', offset: 0, length: 9 },
        { type: 'italic', offset: 5, length: 4 },
        { type: 'code', offset: 10, length: 3 },
        { type: 'text_link', offset: 14, length: 3, url: 'https://a.example/)' },
        { type: 'spoiler', offset: 18, length: 1 },
      ],
    });
  });

  it('gives a code block its language', () => {
    expect(markdown('```ts\nlet a = 1.```')).toEqual({
      text: 'let a = 1.',
      entities: [{ type: 'pre', offset: 0, length: 10, language: 'ts' }],
    });
  });

  it('refuses a bare reserved character and an open marker', () => {
    expect(() => markdown('1.')).toThrow(
      "Bad Request: can't parse entities: Character '.' is reserved and must be escaped with the preceding '\\'",
    );
    expect(() => markdown('ж *a')).toThrow("Can't find end of Bold entity at byte offset 3");
  });

  it('shows any text unchanged once it is escaped', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 1 }), (source) => {
        const text = `${source}.`.trim();
        const escaped = text.replaceAll(/[_*[\]()~`>#+\-=|{}.!\\]/g, '\\$&');
        expect(markdown(escaped).text).toBe(text);
      }),
    );
  });
});

it('finds commands, mentions and addresses in what a person typed', () => {
  const text = '/start@usher_bot see https://a.example/x, ask @helper or me@a.example #go';
  expect(
    entitiesOf({ text }).map((entity) => [entity.type, text.substr(entity.offset, entity.length)]),
  ).toEqual([
    ['bot_command', '/start@usher_bot'],
    ['url', 'https://a.example/x'],
    ['mention', '@helper'],
    ['email', 'me@a.example'],
    ['hashtag', '#go'],
  ]);
});

it('refuses an unknown parse mode', () => {
  expect(() => formatText('x', 'BBCode', undefined)).toThrow('Bad Request: unsupported parse_mode');
});
