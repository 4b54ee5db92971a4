import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Every file of a checkout by its path from the root, and its text on demand. */
export type Tree = { paths: ReadonlySet<string>; read(path: string): string };

const SKIPPED = new Set(['node_modules', 'dist', 'coverage', '.git', '.usher']);

/** Reads the names of all files under `root`, without dependencies, builds and the Git folder. */
export function readTree(root: string): Tree {
  const paths = new Set<string>();
  const walk = (folder: string) => {
    for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
      if (SKIPPED.has(entry.name)) continue;
      const path = folder ? `${folder}/${entry.name}` : entry.name;
      if (entry.isDirectory()) walk(path);
      else paths.add(path);
    }
  };
  walk('');
  return { paths, read: (path) => readFileSync(join(root, path), 'utf8') };
}

/** A tree of given texts, for tests of the checks. */
export const treeOf = (files: Record<string, string>): Tree => ({
  paths: new Set(Object.keys(files)),
  read: (path) => files[path] ?? '',
});

/** 1-based line of an offset in a text. */
export function lineAt(text: string, offset: number): number {
  let line = 1;
  for (let at = text.indexOf('\n'); at !== -1 && at < offset; at = text.indexOf('\n', at + 1)) line += 1;
  return line;
}
