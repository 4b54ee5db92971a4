import { expect, test } from 'vitest';
import { bytes, flag, int, ints, list, long, longs, obj, optional, str } from './read.ts';

const inner = { _: 'inner' };
const object = {
  _: 'outer',
  text: 'a',
  count: 1,
  id: 2n,
  data: Buffer.from('b'),
  inner,
  items: [inner],
  ids: [1n],
  counts: [1],
  on: true,
};

test('each reader gives the field of its type', () => {
  expect(str(object, 'text')).toBe('a');
  expect(int(object, 'count')).toBe(1);
  expect(long(object, 'id')).toBe(2n);
  expect(bytes(object, 'data')).toEqual(Buffer.from('b'));
  expect(obj(object, 'inner')).toBe(inner);
  expect(list(object, 'items')).toEqual([inner]);
  expect(longs(object, 'ids')).toEqual([1n]);
  expect(ints(object, 'counts')).toEqual([1]);
  expect([flag(object, 'on'), flag(object, 'off')]).toEqual([true, false]);
  expect([optional(str, object, 'text'), optional(str, object, 'none')]).toEqual(['a', undefined]);
});

test.each([str, int, long, bytes, obj, list, longs, ints])(
  '%o names a field that is absent or another type',
  (read) => {
    expect(() => read(object, 'none')).toThrow('outer.none is not');
    expect(() => read(object, 'on')).toThrow('outer.on is not');
  },
);
