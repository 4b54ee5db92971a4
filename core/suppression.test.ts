import { expect, it } from 'vitest';
import { suppresses } from './suppression.ts';

it('suppresses everywhere but for one community when it names one', () => {
  expect(suppresses({ scope: 'global', communityId: null }, 'x')).toBe(true);
  expect(suppresses({ scope: 'workspace', communityId: null }, 'x')).toBe(true);
  expect(suppresses({ scope: 'community', communityId: 'x' }, 'x')).toBe(true);
  expect(suppresses({ scope: 'community', communityId: 'y' }, 'x')).toBe(false);
});
