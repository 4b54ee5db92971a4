import type { Expression, MemberExpression } from 'oxc-parser';
import { findRoom, isTest } from './law.ts';
import type { Offence } from './offence.ts';
import { type Source, walk } from './source.ts';
import { lineAt } from './tree.ts';

const IMPURE_MEMBERS = new Map([
  ['Date.now', 'time is an argument'],
  ['Math.random', 'randomness is an argument'],
  ['performance.now', 'time is an argument'],
  ['crypto.randomUUID', 'randomness is an argument'],
  ['crypto.getRandomValues', 'randomness is an argument'],
]);

/** Time, randomness and environment used in a room that must be pure. */
export function checkPure(source: Source): Offence[] {
  const room = findRoom(source.path);
  if (!room?.isPure || isTest(source.path)) return [];
  const offences: Offence[] = [];
  const add = (offset: number, says: string) =>
    offences.push({
      path: source.path,
      line: lineAt(source.text, offset),
      says,
      law: `ARCHITECTURE.md, Import law: ${room.folder} is pure`,
    });

  walk(source.program, (node) => {
    switch (node.type) {
      case 'NewExpression':
        if (isNamed(node.callee, 'Date') && node.arguments.length === 0) {
          add(node.start, 'reads the clock with new Date(): time is an argument');
        }
        return;
      case 'CallExpression':
        if (isNamed(node.callee, 'Date')) add(node.start, 'reads the clock with Date(): time is an argument');
        return;
      case 'MemberExpression':
        return judgeMember(node, add);
      // Destructured: `const { env } = process`.
      case 'VariableDeclarator':
        if (isNamed(node.init, 'process')) add(node.start, NO_PROCESS);
        return;
      default:
        return;
    }
  });
  return offences;
}

const NO_PROCESS = 'uses process: configuration arrives as values';

function judgeMember(
  { object, property, start }: MemberExpression,
  add: (offset: number, says: string) => void,
) {
  if (object.type !== 'Identifier' || property.type !== 'Identifier') return;
  if (object.name === 'process') add(start, NO_PROCESS);
  if (object.name === 'globalThis') add(start, 'reaches through globalThis');
  const why = IMPURE_MEMBERS.get(`${object.name}.${property.name}`);
  if (why) add(start, `uses ${object.name}.${property.name}: ${why}`);
}

const isNamed = (node: Expression | null, name: string): boolean =>
  node?.type === 'Identifier' && node.name === name;
