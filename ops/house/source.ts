import { posix } from 'node:path';
import { type Expression, type Program, parseSync, Visitor } from 'oxc-parser';
import { lineAt } from './tree.ts';

/** One import of a source file. */
export type SourceImport = {
  specifier: string;
  line: number;
  /** True when nothing of it is left at run time. */
  isType: boolean;
};

export type Source = {
  path: string;
  text: string;
  program: Program;
  imports: SourceImport[];
  /** Lines of `import(expression)` whose target cannot be read from the text. */
  unreadable: number[];
};

export const isSource = (path: string): boolean => /\.tsx?$/.test(path) && !path.endsWith('.d.ts');

/** Parses a source file and lists its imports: static, re-exported, dynamic and in types. Throws on a syntax error. */
export function readSource(path: string, text: string): Source {
  const { program, errors } = parseSync(path, text);
  const [error] = errors;
  if (error) throw new SyntaxError(`${path}: ${error.message}`);
  const imports: SourceImport[] = [];
  const unreadable: number[] = [];
  const add = (specifier: string, offset: number, isType: boolean) =>
    imports.push({ specifier, line: lineAt(text, offset), isType });

  new Visitor({
    ImportDeclaration: (node) => add(node.source.value, node.start, node.importKind === 'type'),
    ExportAllDeclaration: (node) => add(node.source.value, node.start, node.exportKind === 'type'),
    ExportNamedDeclaration: (node) => {
      if (node.source) add(node.source.value, node.start, node.exportKind === 'type');
    },
    TSImportType: (node) => add(node.source.value, node.start, true),
    ImportExpression: (node) => {
      const target = readTarget(node.source);
      if (target) add(target, node.start, false);
      else unreadable.push(lineAt(text, node.start));
    },
  }).visit(program);
  return { path, text, program, imports, unreadable };
}

/** The text of a dynamic import's target. Of a package's name the beginning is enough: `@scope/${platform}`. */
function readTarget(target: Expression): string | undefined {
  if (target.type === 'Literal') return typeof target.value === 'string' ? target.value : undefined;
  if (target.type !== 'TemplateLiteral') return;
  const [beginning] = target.quasis;
  return beginning?.value.raw.match(/^@[\w-]+\//)?.[0].concat('*');
}

/** What a specifier names: a file of the house by its path from the root, or a package, or a part of Node. */
export type ImportTarget =
  | { kind: 'file'; path: string }
  | { kind: 'package'; name: string }
  | { kind: 'node'; name: string };

/** Resolves `#room/x.ts` and relative specifiers to paths from the root; everything else is a package. */
export function resolveImport(importer: string, specifier: string): ImportTarget {
  const [bare = specifier] = specifier.split('?');
  if (bare.startsWith('#')) return { kind: 'file', path: bare.slice(1) };
  if (bare.startsWith('.')) return { kind: 'file', path: posix.join(posix.dirname(importer), bare) };
  if (bare.startsWith('node:')) return { kind: 'node', name: bare };
  const parts = bare.split('/');
  return { kind: 'package', name: parts.slice(0, bare.startsWith('@') ? 2 : 1).join('/') };
}
