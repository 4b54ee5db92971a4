import fc from 'fast-check';
import { expect, test } from 'vitest';
import { includesRole, ROLES, type Role } from '../roles.ts';
import { decideGrant, decideJoining, decideRemoval, decideRoleChange, type Team } from './team.ts';

const PEOPLE = ['ann', 'ben', 'cid', 'dot', 'eva'] as const;
const person = fc.constantFrom(...PEOPLE);
const role = fc.constantFrom(...ROLES);

/** What a person tries; an invitation is made and used later, by whom and when it may be. */
const deed = fc.oneof(
  fc.record({ kind: fc.constant('change' as const), by: person, operatorId: person, role }),
  fc.record({ kind: fc.constant('remove' as const), by: person, operatorId: person }),
  fc.record({ kind: fc.constant('invite' as const), by: person, role }),
  fc.record({ kind: fc.constant('join' as const), by: person, nth: fc.nat(9) }),
);
type Deed = typeof deed extends fc.Arbitrary<infer T> ? T : never;
type World = { team: Team; invitations: readonly { createdBy: string; role: Role }[] };

/** The world after a deed; the same world when it is refused. */
const after = (world: World, tried: Deed): World => {
  const { team, invitations } = world;
  const asker = { operatorId: tried.by };
  switch (tried.kind) {
    case 'change': {
      const verdict = decideRoleChange(team, asker, tried);
      return verdict.ok ? { ...world, team: new Map(team).set(tried.operatorId, verdict.value.to) } : world;
    }
    case 'remove': {
      if (!decideRemoval(team, asker, tried.operatorId).ok) return world;
      return { ...world, team: new Map([...team].filter(([id]) => id !== tried.operatorId)) };
    }
    case 'invite': {
      if (!decideGrant(team, asker, tried.role).ok) return world;
      return { ...world, invitations: [...invitations, { createdBy: tried.by, role: tried.role }] };
    }
    case 'join': {
      const invitation = invitations[tried.nth];
      const verdict = invitation && decideJoining(team, invitation, tried.by);
      if (!verdict?.ok) return world;
      const rest = invitations.filter((other) => other !== invitation);
      return { team: new Map(team).set(tried.by, verdict.value), invitations: rest };
    }
  }
};

const begin: World = { team: new Map<string, Role>([['ann', 'owner']]), invitations: [] };
const rank = (team: Team, id: string): number => {
  const held = team.get(id);
  return held ? ROLES.indexOf(held) : -1;
};
const owners = (team: Team) => [...team.values()].filter((held) => held === 'owner').length;

test('no sequence of lawful deeds leaves a workspace without an owner', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 60 }), (deeds) => {
      let world = begin;
      for (const tried of deeds) {
        world = after(world, tried);
        expect(owners(world.team)).toBeGreaterThan(0);
      }
    }),
    { numRuns: 2000 },
  );
});

test('nobody is higher after a deed of their own, unless another who may give the role has invited them', () => {
  fc.assert(
    fc.property(fc.array(deed, { maxLength: 60 }), (deeds) => {
      let world = begin;
      for (const tried of deeds) {
        const next = after(world, tried);
        if (rank(next.team, tried.by) > rank(world.team, tried.by)) {
          expect(tried.kind).toBe('join');
          const used = world.invitations.find((invitation) => !next.invitations.includes(invitation));
          expect(used?.createdBy).not.toBe(tried.by);
          expect(includesRole(world.team.get(used?.createdBy ?? '') ?? 'viewer', 'admin')).toBe(true);
        }
        world = next;
      }
    }),
    { numRuns: 2000 },
  );
});

test('an admin’s deeds never touch another admin or an owner', () => {
  const teams = fc.uniqueArray(fc.tuple(person, role), { selector: ([id]) => id, minLength: 2 });
  fc.assert(
    fc.property(teams, deed, (members, tried) => {
      const world = { team: new Map(members), invitations: [] };
      if (world.team.get(tried.by) !== 'admin') return;
      const next = after(world, tried);
      for (const [id, held] of world.team) {
        if (id !== tried.by && includesRole(held, 'admin')) expect(next.team.get(id)).toBe(held);
        if (id !== tried.by && !includesRole(held, 'admin')) expect(rank(next.team, id)).toBeLessThan(2);
      }
    }),
    { numRuns: 2000 },
  );
});
