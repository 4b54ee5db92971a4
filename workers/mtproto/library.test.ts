import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MTPROTO_LIBRARIES } from '#core/telegram/mtproto-library.ts';
import type { Definition, FieldDefinition } from '#sandbox/tl/definition.ts';
import { telegramSchema, teleprotoSchema } from '#sandbox/tl/layers.ts';

const here = new URL('.', import.meta.url);
const source = readdirSync(here)
  .filter((name) => name.endsWith('.ts') && !name.includes('.test.') && !name.includes('.contract.'))
  .map((name) => readFileSync(new URL(name, here), 'utf8'))
  .join('\n');

/** As the schemas write them: `messages.getHistory`, `inputUser`. */
const namesMatching = (pattern: RegExp) =>
  [...new Set([...source.matchAll(pattern)].map((match) => match[1] ?? ''))].map((name) =>
    name.replace(/\w+$/, (last) => last.slice(0, 1).toLowerCase() + last.slice(1)),
  );
const said = namesMatching(/new Api\.([\w.]+)\(/g);
const read = namesMatching(/(?:instanceof Api|\bTl)\.(?![\w.]*Type|AnyRequest)([\w.]+)/g);
/** Of another type since, and never looked at. */
const unread = 'storiesMaxId';

const definitions = (all: Definition[]) => new Map(all.map((definition) => [definition.name, definition]));
const telegram = definitions(telegramSchema().definitions());
const teleproto = definitions(teleprotoSchema().definitions());

const isNeeded = ({ condition, type }: FieldDefinition) => !condition && type !== '#';
const shape = ({ key, type }: FieldDefinition) => `${key}: ${type}`;
const needed = (definition: Definition | undefined) => definition?.fields.filter(isNeeded).map(shape);

/** The types are those of `telegram`: nothing else would say that what they promise is not so in the fork's layer. */
describe('the layers of both libraries', () => {
  it.each(said.filter((name) => name !== 'pingDelayDisconnect'))('take %s with the same fields', (name) => {
    expect(telegram.get(name), name).toBeDefined();
    expect(needed(teleproto.get(name))).toEqual(needed(telegram.get(name)));
    expect(teleproto.get(name)?.result).toBe(telegram.get(name)?.result);
  });

  it.each(read)('give %s, in the later one with every field of the earlier', (name) => {
    const earlier = telegram
      .get(name)
      ?.fields.filter(({ key, type }) => type !== '#' && key !== unread)
      .map(shape);
    expect(earlier, name).toBeDefined();
    expect(source).not.toContain(unread);
    expect(teleproto.get(name)?.fields.map(shape)).toEqual(expect.arrayContaining(earlier ?? []));
  });
});

it.each(MTPROTO_LIBRARIES)('a process that has chosen %s loads nothing of the other', (library) => {
  const script = `
    import { createRequire } from 'node:module';
    import { loadLibrary } from '#workers/mtproto/library.ts';
    await loadLibrary('${library}');
    const packages = Object.keys(createRequire(import.meta.url).cache).map((path) => /node_modules.(\\w+)/.exec(path)?.[1]);
    process.stdout.write(JSON.stringify([...new Set(packages)]));`;
  const args = ['--import', 'tsx', '--input-type=module', '--eval', script];
  const loaded: unknown = JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
  expect(loaded).toContain(library);
  expect(loaded).not.toContain(MTPROTO_LIBRARIES.find((other) => other !== library));
});
