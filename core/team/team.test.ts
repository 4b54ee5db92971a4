import { describe, expect, it } from 'vitest';
import type { Role } from '../roles.ts';
import {
  decideGrant,
  decideJoining,
  decideRemoval,
  decideRoleChange,
  rolesBelow,
  type Team,
} from './team.ts';

const team: Team = new Map<string, Role>([
  ['ola', 'owner'],
  ['ada', 'admin'],
  ['abe', 'admin'],
  ['opal', 'operator'],
  ['vik', 'viewer'],
]);
const by = (operatorId: string) => ({ operatorId });
const code = (verdict: { ok: boolean; refusal?: { code: string } }) =>
  verdict.ok ? 'allowed' : verdict.refusal?.code;

describe('who gives which role', () => {
  it.each<[Role, readonly Role[]]>([
    ['viewer', []],
    ['operator', []],
    ['admin', ['viewer', 'operator']],
    ['owner', ['viewer', 'operator', 'admin', 'owner']],
  ])('%s gives %j', (giver, roles) => {
    expect(rolesBelow(giver)).toEqual(roles);
  });

  it.each([
    ['ola', 'vik', 'owner', 'allowed'],
    ['ada', 'vik', 'operator', 'allowed'],
    ['ada', 'vik', 'admin', 'forbidden'],
    ['ada', 'abe', 'viewer', 'forbidden'],
    ['ada', 'ola', 'viewer', 'forbidden'],
    ['ada', 'ada', 'owner', 'team.own_role'],
    ['ada', 'ada', 'viewer', 'allowed'],
    ['opal', 'vik', 'operator', 'forbidden'],
    ['ola', 'ola', 'admin', 'team.last_owner'],
    ['ola', 'vik', 'viewer', 'team.role_unchanged'],
    ['ola', 'nobody', 'viewer', 'not_found'],
    ['nobody', 'vik', 'operator', 'forbidden'],
  ] as const)('%s makes %s %s: %s', (asker, operatorId, role, expected) => {
    expect(code(decideRoleChange(team, by(asker), { operatorId, role }))).toBe(expected);
  });
});

it.each([
  ['ola', 'ada', 'allowed'],
  ['ada', 'opal', 'allowed'],
  ['ada', 'abe', 'forbidden'],
  ['vik', 'vik', 'allowed'],
  ['vik', 'opal', 'forbidden'],
  ['ola', 'ola', 'team.last_owner'],
  ['ola', 'nobody', 'not_found'],
] as const)('%s takes %s out: %s', (asker, operatorId, expected) => {
  expect(code(decideRemoval(team, by(asker), operatorId))).toBe(expected);
});

it('an invitation falls with the role of who made it, and brings nobody in twice', () => {
  const invitation = { createdBy: 'ada', role: 'operator' } as const;
  expect(code(decideJoining(team, invitation, 'new'))).toBe('allowed');
  expect(code(decideJoining(team, invitation, 'vik'))).toBe('team.already_member');
  const lowered = new Map(team).set('ada', 'operator');
  expect(code(decideJoining(lowered, invitation, 'new'))).toBe('team.invitation_withdrawn');
  const gone = new Map([...team].filter(([id]) => id !== 'ada'));
  expect(code(decideJoining(gone, invitation, 'ada'))).toBe('team.invitation_withdrawn');
});

it('the terminal may do what an owner may, but not leave a workspace without one', () => {
  expect(code(decideGrant(team, 'terminal', 'owner'))).toBe('allowed');
  expect(code(decideRemoval(team, 'terminal', 'ola'))).toBe('team.last_owner');
});
