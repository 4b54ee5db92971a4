import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { DemoFailed } from './demo-failed.ts';

const SOURCES = ['miniapp/web', 'miniapp/contract', 'locales', 'package-lock.json'];
const BUILT = 'miniapp/web/dist/index.html';

/** Builds the Mini App's page when it is missing or older than what it is made of. Throws DemoFailed with the builder's words. */
export async function buildPage(root: string): Promise<void> {
  const built = changedAt(join(root, BUILT));
  if (built > Math.max(...SOURCES.map((source) => newestIn(join(root, source))))) return;
  const builder = spawn(
    process.execPath,
    [
      join(root, 'node_modules/vite/bin/vite.js'),
      'build',
      '--config',
      'miniapp/web/vite.config.ts',
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
  if (code !== 0) throw new DemoFailed(`the Mini App's page cannot be built:\n${words}`);
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
