import { expect, it, vi } from 'vitest';
import { persist } from './persist.ts';

const restsMs = [1, 1, 1];
const isFinal = (thrown: unknown) => thrown === 'final';

it('tries again until the work is done', async () => {
  const work = vi.fn().mockRejectedValueOnce('away').mockRejectedValueOnce('away').mockResolvedValue('done');
  expect(await persist(work, { isFinal, restsMs })).toBe('done');
  expect(work).toHaveBeenCalledTimes(3);
});

it('gives up after the last rest with what was thrown last', async () => {
  const work = vi.fn().mockRejectedValue('away');
  await expect(persist(work, { isFinal, restsMs })).rejects.toBe('away');
  expect(work).toHaveBeenCalledTimes(4);
});

it('does not try again what will not change', async () => {
  const work = vi.fn().mockRejectedValue('final');
  await expect(persist(work, { isFinal, restsMs })).rejects.toBe('final');
  expect(work).toHaveBeenCalledTimes(1);
});
