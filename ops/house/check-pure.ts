import { Visitor } from 'oxc-parser';
import { findRoom, isTest } from './law.ts';
import type { Offence } from './offence.ts';
import type { Source } from './source.ts';
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

  new Visitor({
    NewExpression: ({ callee, arguments: given, start }) => {
      if (callee.type === 'Identifier' && callee.name === 'Date' && given.length === 0) {
        add(start, 'reads the clock with new Date(): time is an argument');
      }
    },
    CallExpression: ({ callee, start }) => {
      if (callee.type === 'Identifier' && callee.name === 'Date') {
        add(start, 'reads the clock with Date(): time is an argument');
      }
    },
    MemberExpression: ({ object, property, start }) => {
      if (object.type !== 'Identifier' || property.type !== 'Identifier') return;
      if (object.name === 'process') add(start, 'uses process: configuration arrives as values');
      if (object.name === 'globalThis') add(start, 'reaches through globalThis');
      const why = IMPURE_MEMBERS.get(`${object.name}.${property.name}`);
      if (why) add(start, `uses ${object.name}.${property.name}: ${why}`);
    },
    // Destructured: `const { env } = process`.
    VariableDeclarator: ({ init, start }) => {
      if (init?.type === 'Identifier' && init.name === 'process') {
        add(start, 'uses process: configuration arrives as values');
      }
    },
  }).visit(source.program);
  return offences;
}
