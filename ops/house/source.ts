import { posix } from 'node:path';
import { type Expression, type Node, type Program, parseSync } from 'oxc-parser';
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

  walk(program, (node) => {
    switch (node.type) {
      case 'ImportDeclaration':
        return add(node.source.value, node.start, node.importKind === 'type');
      case 'ExportAllDeclaration':
        return add(node.source.value, node.start, node.exportKind === 'type');
      case 'ExportNamedDeclaration':
        return node.source && add(node.source.value, node.start, node.exportKind === 'type');
      case 'TSImportType':
        return add(node.source.value, node.start, true);
      case 'ImportExpression': {
        const target = readTarget(node.source);
        return target ? add(target, node.start, false) : unreadable.push(lineAt(text, node.start));
      }
      default:
        return;
    }
  });
  return { path, text, program, imports, unreadable };
}

/** Visits a node and everything below it. */
export function walk(node: unknown, visit: (node: Node) => unknown): void {
  if (typeof node !== 'object' || node === null) return;
  // The tree of a parsed program holds nodes, lists of nodes and plain values only.
  if ('type' in node && typeof node.type === 'string') visit(node as Node);
  for (const child of Object.values(node)) walk(child, visit);
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
