import { expect, test } from 'vitest';
import { createMessageIds, decideMessageIdError } from './message-ids.ts';

test('ids grow strictly, tell replies from notices and carry the time', () => {
  const next = createMessageIds();
  const kinds = Array.from(
    { length: 1000 },
    (_, index) => (index % 3 === 0 ? 'notice' : 'reply') as 'notice' | 'reply',
  );
  let last = 0n;
  for (const kind of kinds) {
    const id = next(kind);
    expect(id > last).toBe(true);
    expect(id % 4n).toBe(kind === 'reply' ? 1n : 3n);
    last = id;
  }
  expect(Math.abs(Number(last >> 32n) - Date.now() / 1000)).toBeLessThan(2);
  expect(decideMessageIdError(last - (last % 4n))).toBeUndefined();
});
