import { expect, it } from 'vitest';
import { type Bench, measure, median } from './bench.ts';

it('takes the middle of what was measured', () => {
  expect(median([9, 1, 5])).toBe(5);
  expect(median([9, 1, 5, 7])).toBe(6);
});

function fakeBench(ours: number, reference: number) {
  const turns: string[] = [];
  const side = (name: string, rate: number) => async () => {
    turns.push(name);
    return rate;
  };
  const bench: Bench = {
    unit: 'things/s',
    goal: 0.9,
    ours: side('ours', ours),
    reference: side('reference', reference),
    remarks: () => [],
    close: async () => {},
  };
  return { bench, turns };
}

it('lets both sides take turns and compares their medians', async () => {
  const { bench, turns } = fakeBench(95, 100);
  expect(await measure('x', bench)).toEqual({
    name: 'x',
    ours: 95,
    reference: 100,
    unit: 'things/s',
    ratio: 0.95,
    goal: 0.9,
    pass: true,
  });
  expect(turns).toEqual(Array.from({ length: 6 }, () => ['reference', 'ours']).flat());
});

it('misses a goal', async () => {
  expect(await measure('x', fakeBench(89, 100).bench)).toMatchObject({ ratio: 0.89, pass: false });
});

it('passes what is done within its time, by the median', async () => {
  const times = [900, 10, 30, 20, 5000, 40];
  const ours = async () => times.shift() ?? Number.NaN;
  const bench = { unit: 'ms', goal: 30, ours, remarks: () => [], close: async () => {} } as const;
  expect(await measure('x', bench)).toEqual({ name: 'x', ours: 30, unit: 'ms', goal: 30, pass: true });
});
