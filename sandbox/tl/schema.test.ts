import 'telegram';
import fc from 'fast-check';
import { BinaryReader } from 'telegram/extensions/BinaryReader.js';
import { tlobjects } from 'telegram/tl/AllTLObjects.js';
import { expect, test } from 'vitest';
import { arbitraryObject } from '#sandbox/testing/arbitrary-object.ts';
import { mtcuteSchema, telegramSchema, teleprotoSchema } from './layers.ts';
import type { TlObject, TlValue } from './object.ts';
import { isTlObject } from './read.ts';
import { Schema } from './schema.ts';

const telegram = telegramSchema();
const mtcute = mtcuteSchema();
const teleproto = teleprotoSchema();
const constructorNames = (schema: Schema) =>
  schema.definitions().flatMap(({ name, isMethod }) => (isMethod ? [] : [name]));
const methodNames = (schema: Schema) =>
  schema
    .definitions()
    .filter(({ isMethod, fields }) => isMethod && !fields.some(({ type }) => type === 'X'))
    .map(({ name }) => name);
const anyObject = (schema: Schema, names: string[]) =>
  fc.constantFrom(...names).chain((name) => arbitraryObject(schema, name));

const sample = new Schema(
  1,
  `leaf#00000001 size:int = Leaf;
   tree#00000002 flags:# tall:flags.0?true name:flags.1?string age:flags.1?int leaves:Vector<Leaf> = Tree;
   grow#00000003 by:long = Vector<long>;`.replace('   grow', '---functions---\n   grow'),
);

test('the layers are those of the installed clients', () => {
  expect(telegram.layer).toBe(198);
  expect(mtcute.layer).toBeGreaterThan(telegram.layer);
  expect(teleproto.layer).toBe(229);
});

test('what mtcute and teleproto know by one id has one name, and only the later layer has more flags', () => {
  const known = new Map(mtcute.definitions().map((definition) => [definition.id, definition]));
  const shared = teleproto.definitions().filter(({ id }) => known.has(id));
  expect(shared.length).toBeGreaterThan(2000);
  for (const definition of shared) {
    const earlier = known.get(definition.id);
    expect(definition).toEqual({ ...earlier, fields: expect.arrayContaining(earlier?.fields ?? []) });
  }
});

test('every id is one that GramJS knows under the same name', () => {
  const classes: Record<string, { className: string }> = tlobjects;
  const known = new Map(
    Object.entries(classes).map(([id, { className }]) => [Number(id), className.toLowerCase()]),
  );
  const unknown = telegram
    .definitions()
    .filter(({ id, name }) => known.get(id) !== name.toLowerCase())
    .map(({ name }) => name);
  expect(unknown).toEqual(['true', 'error', 'null']);
});

test.each([
  ['GramJS', telegram],
  ['mtcute', mtcute],
  ['teleproto', teleproto],
])('whatever the %s layer can say survives encoding and decoding', (_, schema) => {
  const names = [...constructorNames(schema), ...methodNames(schema)];
  fc.assert(
    fc.property(anyObject(schema, names), (object) => {
      expect(schema.decode(schema.encode(object))).toEqual(object);
    }),
    { numRuns: 300 },
  );
});

/** GramJS knows no class for the first three, and does not re-encode faithfully what it reads of the others. */
const notReencoded = ['true', 'error', 'null', 'message', 'messageService', 'messages.forumTopics'];

test('GramJS reads what is encoded here and encodes it to the same bytes', () => {
  const names = constructorNames(telegram).filter((name) => !notReencoded.includes(name));
  fc.assert(
    fc.property(anyObject(telegram, names), (object) => {
      fc.pre(!mentions(object, notReencoded));
      const encoded = telegram.encode(object);
      expect(new BinaryReader(encoded).tgReadObject().getBytes()).toEqual(encoded);
    }),
    { numRuns: 300 },
  );
});

function mentions(value: TlValue, names: string[]): boolean {
  if (Array.isArray(value)) return value.some((item) => mentions(item, names));
  if (!isTlObject(value)) return false;
  return names.includes(value._) || Object.values(value).some((field) => mentions(field, names));
}

test.each([0, 1, 2, 3, 253, 254, 255, 256, 70_000])(
  'text of %i bytes keeps its length and alignment',
  (size) => {
    const tree = { _: 'tree', name: 'x'.repeat(size), age: 1, leaves: [{ _: 'leaf', size }] };
    const encoded = sample.encode(tree);
    expect(encoded.length % 4).toBe(0);
    expect(sample.decode(encoded)).toEqual(tree);
  },
);

test.each<[string, TlObject, string]>([
  ['lacks a required field', { _: 'leaf' }, 'leaf.size is missing'],
  ['has text for a number', { _: 'leaf', size: '1' }, 'leaf.size must be a 32-bit integer, not string 1'],
  ['has a number too large', { _: 'leaf', size: 2 ** 31 }, 'leaf.size must be a 32-bit integer'],
  ['lacks one of two fields of a flag', { _: 'tree', name: 'oak', leaves: [] }, 'tree.age is missing'],
  [
    'has another type in a vector',
    { _: 'tree', leaves: [{ _: 'tree', leaves: [] }] },
    'tree.leaves[] must be Leaf, not tree',
  ],
  ['has a name the layer lacks', { _: 'bush' }, 'layer 1 has no bush'],
])('an object that %s is refused by name', (_, object, message) => {
  expect(() => sample.encode(object)).toThrow(message);
});

test('fields that a layer does not have are left out', () => {
  const encoded = sample.encode({ _: 'leaf', size: 1, colour: 'green' });
  expect(sample.decode(encoded)).toEqual({ _: 'leaf', size: 1 });
});

test('where a layer wants another type, an object is what it is otherwise', () => {
  const leaf = { _: 'leaf', size: 1 };
  const tree = (leaves: TlObject[]) => ({ _: 'tree', leaves });
  const twofold = { ...tree([]), otherwise: leaf };
  expect(sample.encode(tree([twofold]))).toEqual(sample.encode(tree([leaf])));
  expect(sample.encode(twofold)).toEqual(sample.encode(tree([])));
});

test('a result is held to what its method declares', () => {
  expect(sample.encodeResult('grow', [1n, 2n])).toHaveLength(4 + 4 + 16);
  expect(sample.encodeResult('grow', [])).toHaveLength(8);
  expect(() => sample.encodeResult('grow', true)).toThrow('grow result must be an array');
  expect(() => sample.encodeResult('grow', ['1'])).toThrow('grow result[] must be a 64-bit bigint');
});

test('bytes that end too early or begin with an unknown id are refused', () => {
  const encoded = sample.encode({ _: 'tree', name: 'oak', age: 3, leaves: [{ _: 'leaf', size: 1 }] });
  for (let size = 0; size < encoded.length; size += 4) {
    expect(() => sample.decode(encoded.subarray(0, size))).toThrow('bytes wanted');
  }
  expect(() => sample.decode(Buffer.alloc(4, 0xab))).toThrow('layer 1 has no constructor #abababab');
});

test('a line that is not a schema line is refused', () => {
  expect(() => new Schema(1, 'leaf size:int = Leaf;')).toThrow('not a line of a schema: leaf size:int');
});
