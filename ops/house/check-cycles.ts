import type { Offence } from './offence.ts';
import { resolveImport, type Source } from './source.ts';

/** Circles of imports that are left at run time: each is told once, from its first file by name. */
export function checkCycles(sources: readonly Source[]): Offence[] {
  const edges = new Map<string, string[]>();
  for (const { path, imports } of sources) {
    const targets = new Set<string>();
    for (const { specifier, isType } of imports) {
      if (isType) continue;
      const target = resolveImport(path, specifier);
      if (target.kind === 'file') targets.add(target.path);
    }
    edges.set(path, [...targets]);
  }

  const offences = new Map<string, Offence>();
  const done = new Set<string>();
  const trail: string[] = [];
  const visit = (path: string) => {
    const start = trail.indexOf(path);
    if (start !== -1) {
      const circle = fromFirst(trail.slice(start));
      const says = `imports itself in a circle: ${[...circle, circle[0]].join(' → ')}`;
      offences.set(says, { path: circle[0] ?? path, says, law: 'ARCHITECTURE.md, Import law: no cycles' });
      return;
    }
    if (done.has(path)) return;
    trail.push(path);
    for (const next of edges.get(path) ?? []) visit(next);
    trail.pop();
    done.add(path);
  };
  for (const path of [...edges.keys()].sort()) visit(path);
  return [...offences.values()];
}

/** The same circle, begun at its first file by name. */
function fromFirst(circle: readonly string[]): string[] {
  const [first = ''] = [...circle].sort();
  const at = circle.indexOf(first);
  return [...circle.slice(at), ...circle.slice(0, at)];
}
