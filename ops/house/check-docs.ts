import { posix } from 'node:path';
import { SOURCE_FOLDERS } from './law.ts';
import type { Offence } from './offence.ts';
import { lineAt, type Tree } from './tree.ts';

const ROOT_DOCS = ['README.md', 'ARCHITECTURE.md', 'CONTRIBUTING.md'];
const NAMED_FILE = /^[\w.-]+\.(ts|tsx|json|md|yaml|yml|ftl|css|html|sql)$/;

/** Paths that a document names in backticks, or links to, and that do not exist. */
export function checkDocs(tree: Tree): Offence[] {
  const docs = [...ROOT_DOCS, ...SOURCE_FOLDERS.map((folder) => `${folder}/README.md`)];
  const offences: Offence[] = [];
  for (const doc of docs.filter((path) => tree.paths.has(path))) {
    const text = tree.read(doc);
    for (const { name, offset } of namedPaths(text)) {
      if (exists(tree, doc, name)) continue;
      offences.push({
        path: doc,
        line: lineAt(text, offset),
        says: `names ${name}, which does not exist`,
        law: 'CONTRIBUTING.md, Documents',
      });
    }
  }
  return offences;
}

function* namedPaths(text: string): Generator<{ name: string; offset: number }> {
  const prose = text.replace(/^```.*?^```/gms, (block) => block.replace(/[^\n]/g, ' '));
  for (const match of prose.matchAll(/`([^`\n]+)`|\]\(([^)\s]+)\)/g)) {
    const name = (match[1] ?? match[2] ?? '').replace(/^[#.]\/?(?=\w+\/)/, '');
    if (isPath(name)) yield { name, offset: match.index };
  }
}

/** `core/clock.ts`, `locales/<language>/*.ftl`, `db/`, `package.json`; not `@scope/name`, `/command`, `npm run x`. */
function isPath(name: string): boolean {
  if (/[\s:(){}=,|]/.test(name) || /^[@/$-]/.test(name)) return false;
  return name.includes('/') || NAMED_FILE.test(name);
}

/** A bare file name may stand anywhere in the document's own folder; a path stands from the root or from that folder. */
function exists(tree: Tree, doc: string, name: string): boolean {
  const pattern = name
    .replace(/\/$/, '')
    .split(/(<[^>]+>|\*)/)
    .map((part, index) => (index % 2 ? '[^/]+' : part.replace(/[.+^$()[\]\\]/g, '\\$&')))
    .join('');
  const here = posix.dirname(doc) === '.' ? '' : `${posix.dirname(doc)}/`;
  const wanted = name.includes('/')
    ? new RegExp(`^(${here})?${pattern}(/|$)`)
    : new RegExp(`^${here}(.*/)?${pattern}$`);
  for (const path of tree.paths) if (wanted.test(path)) return true;
  return false;
}
