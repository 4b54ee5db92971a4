import { expect, test } from 'vitest';
import { roleOfToken } from './api-token.ts';
import { includesRole, ROLES } from './roles.ts';

test('a token never has more than its own role, nor more than its maker', () => {
  for (const token of ROLES) {
    for (const maker of ROLES) {
      const role = roleOfToken(token, maker);
      expect(includesRole(token, role) && includesRole(maker, role)).toBe(true);
      expect([token, maker]).toContain(role);
    }
  }
});
