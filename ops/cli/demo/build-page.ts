import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DemoFailed } from './demo-failed.ts';

const SOURCES = ['miniapp/web', 'miniapp/connect', 'miniapp/contract', 'locales', 'package-lock.json'];
const PAGES = ['miniapp/web', 'miniapp/connect'];

/** Builds the pages that are missing or older than what they are made of. Throws DemoFailed with the builder's words. */
export async function buildPages(root: string): Promise<void> {
  await Promise.all(PAGES.map((page) => buildPage(root, page)));
}

async function buildPage(root: string, page: string): Promise<void> {
  const built = changedAt(join(root, page, 'dist/index.html'));
  if (built > Math.max(...SOURCES.map((source) => newestIn(join(root, source))))) return;
  const builder = spawn(
    process.execPath,
    [
      join(root, 'node_modules/vite/bin/vite.js'),
      'build',
      '--config',
      `${page}/vite.config.ts`,
      '--logLevel',
      'error',
    ],
    { cwd: root, stdio: ['ignore', 'ignore', 'pipe'] },
  );
  let words = '';
  builder.stderr.on('data', (part: Buffer) => {
    words += part;
  });
  const [code] = await once(builder, 'close');
  if (code !== 0) throw new DemoFailed(`${page} cannot be built:\n${words}`);
}

function newestIn(path: string): number {
  if (!statSync(path).isDirectory()) return changedAt(path);
  let newest = 0;
  for (const entry of readdirSync(path, { withFileTypes: true })) {
    if (entry.name === 'dist' || entry.name === 'node_modules') continue;
    newest = Math.max(newest, newestIn(join(path, entry.name)));
  }
  return newest;
}

const changedAt = (path: string): number => statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
