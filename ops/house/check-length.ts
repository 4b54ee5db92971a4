import { MAX_LINES, MAX_README_LINES, SOURCE_FOLDERS } from './law.ts';
import type { Offence } from './offence.ts';
import type { Tree } from './tree.ts';

const isWritten = (path: string): boolean =>
  /\.(tsx?|css|html|sql|sh)$/.test(path) && !path.includes('.gen.') && !path.startsWith('db/migrations/');

const countLines = (text: string): number => text.split('\n').length - (text.endsWith('\n') ? 1 : 0);

/** Files that have grown too long to be read in one go. Generated files, migrations and catalogues aside. */
export function checkLength(tree: Tree): Offence[] {
  const offences: Offence[] = [];
  for (const path of tree.paths) {
    const top = path.split('/')[0] ?? '';
    if (!SOURCE_FOLDERS.includes(top)) continue;
    const isReadme = path === `${top}/README.md`;
    if (!isReadme && !isWritten(path)) continue;
    const most = isReadme ? MAX_README_LINES : MAX_LINES;
    const lines = countLines(tree.read(path));
    if (lines > most) {
      offences.push({
        path,
        says: `has ${lines} lines, more than ${most}`,
        law: isReadme ? 'CONTRIBUTING.md, Documents' : 'ARCHITECTURE.md, Import law: files',
      });
    }
  }
  return offences;
}
