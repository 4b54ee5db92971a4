import { DOORS, FREE_FOLDERS, findRoom, isIn, isTest, type Room } from './law.ts';
import type { Offence } from './offence.ts';
import { resolveImport, type Source, type SourceImport } from './source.ts';

const LAW = 'ARCHITECTURE.md, Import law';

/** What a source file imports against the law. */
export function checkImports(source: Source): Offence[] {
  const room = findRoom(source.path);
  if (!room) return [{ path: source.path, says: 'belongs to no room of the tree', law: LAW }];
  if (isTest(source.path)) return [];
  const offences = source.unreadable.map((line) => ({
    path: source.path,
    line,
    says: 'imports a computed path, which no one can check',
    law: LAW,
  }));
  for (const one of source.imports) {
    const says = judgeImport(room, source.path, one);
    if (says) offences.push({ path: source.path, line: one.line, says, law: LAW });
  }
  return offences;
}

function judgeImport(room: Room, path: string, { specifier, isType }: SourceImport): string | undefined {
  const target = resolveImport(path, specifier);
  if (target.kind === 'node') {
    return room.isPure ? `imports ${target.name}: ${room.folder} stands on no platform` : undefined;
  }
  if (target.kind === 'package') return judgePackage(room, path, target.name);

  const isMain = path === `${room.folder}/main.ts`;
  const allowed = [
    room.folder,
    ...room.imports,
    ...(isType ? (room.types ?? []) : []),
    ...(isMain ? (room.main ?? []) : []),
  ];
  if (allowed.some((place) => isIn(target.path, place))) return;
  const inType = isType ? ' as a type' : '';
  return `imports ${target.path}${inType}: ${room.folder} may import only ${describe(room)}`;
}

function judgePackage(room: Room, path: string, name: string): string | undefined {
  if (room.packages && !room.packages.includes(name)) {
    return `imports ${name}: ${room.folder} may import only ${room.packages.join(', ')}`;
  }
  if (FREE_FOLDERS.some((folder) => isIn(path, folder))) return;
  for (const door of DOORS) {
    if (door.packages.some((pattern) => matches(pattern, name))) {
      if (door.folders.some((folder) => isIn(path, folder))) return;
      return `imports ${name}: its one door is ${door.folders.join(' and ')}`;
    }
  }
  return;
}

const matches = (pattern: string, name: string): boolean =>
  pattern.endsWith('*') ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

function describe(room: Room): string {
  const parts = ['itself', ...room.imports];
  if (room.types) parts.push(`${room.types.join(', ')} as a type`);
  if (room.main) parts.push(`${room.main.join(', ')} in its main.ts`);
  return parts.join(', ');
}
