import { checkCycles } from './check-cycles.ts';
import { checkDocs } from './check-docs.ts';
import { checkImports } from './check-imports.ts';
import { checkLength } from './check-length.ts';
import { checkPure } from './check-pure.ts';
import { SOURCE_FOLDERS } from './law.ts';
import type { Offence } from './offence.ts';
import { isSource, readSource } from './source.ts';
import type { Tree } from './tree.ts';

/** Everything in a checkout that is against the laws of the house, and how many files were read. */
export function checkHouse(tree: Tree): { offences: Offence[]; files: number } {
  const sources = [...tree.paths]
    .filter((path) => isSource(path) && SOURCE_FOLDERS.includes(path.split('/')[0] ?? ''))
    .sort()
    .map((path) => readSource(path, tree.read(path)));
  const offences = [
    ...sources.flatMap(checkImports),
    ...sources.flatMap(checkPure),
    ...checkCycles(sources),
    ...checkLength(tree),
    ...checkDocs(tree),
  ];
  return { offences, files: sources.length };
}
