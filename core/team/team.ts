import type { RefusalCode } from '../refusals.ts';
import { includesRole, ROLES, type Role } from '../roles.ts';
import { allow, refuse, type Verdict } from '../verdict.ts';

/** Who belongs to a workspace, by operator id. */
export type Team = ReadonlyMap<string, Role>;

/** Who asks: a member by their id, or the terminal, which may do what an owner may. */
export type Asker = { operatorId: string } | 'terminal';

/** The roles that somebody with `giver` may give to others and take from them: admins those below admin, owners all. */
export const rolesBelow = (giver: Role): readonly Role[] => {
  if (giver === 'owner') return ROLES;
  return giver === 'admin' ? ROLES.filter((role) => !includesRole(role, 'admin')) : [];
};

/** Whether the asker may bring somebody in with this role, by their role of this moment. */
export const decideGrant = (team: Team, asker: Asker, role: Role): Verdict<Role> => {
  const own = roleOf(team, asker);
  return own && rolesBelow(own).includes(role) ? allow(role) : refuse('forbidden');
};

/**
 * Whether somebody may come in with an invitation. It stands only while who made it could still make it, so that nobody
 * climbs by an invitation they made when they were more.
 */
export const decideJoining = (
  team: Team,
  invitation: { createdBy: string; role: Role },
  operatorId: string,
): Verdict<Role> => {
  if (team.has(operatorId)) return refuse('team.already_member');
  return decideGrant(team, { operatorId: invitation.createdBy }, invitation.role).ok
    ? allow(invitation.role)
    : refuse('team.invitation_withdrawn');
};

/** Whether the asker may give a member another role. Nobody raises themselves, and an owner remains. */
export const decideRoleChange = (
  team: Team,
  asker: Asker,
  wish: { operatorId: string; role: Role },
): Verdict<{ from: Role; to: Role }> => {
  const { operatorId, role: to } = wish;
  const from = team.get(operatorId);
  if (!from) return refuse('not_found');
  if (from === to) return refuse('team.role_unchanged');
  const refusal = isOwn(asker, operatorId)
    ? refusalOfOwnRole(from, to)
    : refusalOfTouching(team, asker, [from, to]);
  if (refusal) return refuse(refusal);
  return isLastOwner(team, operatorId) ? refuse('team.last_owner') : allow({ from, to });
};

/** Whether the asker may take a member out; anybody may leave, but for the last owner. */
export const decideRemoval = (team: Team, asker: Asker, operatorId: string): Verdict<Role> => {
  const role = team.get(operatorId);
  if (!role) return refuse('not_found');
  const refusal = isOwn(asker, operatorId) ? undefined : refusalOfTouching(team, asker, [role]);
  if (refusal) return refuse(refusal);
  return isLastOwner(team, operatorId) ? refuse('team.last_owner') : allow(role);
};

const roleOf = (team: Team, asker: Asker): Role | undefined =>
  asker === 'terminal' ? 'owner' : team.get(asker.operatorId);

const isOwn = (asker: Asker, operatorId: string): boolean =>
  asker !== 'terminal' && asker.operatorId === operatorId;

const refusalOfOwnRole = (from: Role, to: Role): RefusalCode | undefined =>
  includesRole(from, to) ? undefined : 'team.own_role';

const refusalOfTouching = (team: Team, asker: Asker, roles: readonly Role[]): RefusalCode | undefined => {
  const own = roleOf(team, asker);
  const touchable: readonly Role[] = own ? rolesBelow(own) : [];
  return roles.every((role) => touchable.includes(role)) ? undefined : 'forbidden';
};

const isLastOwner = (team: Team, operatorId: string): boolean =>
  team.get(operatorId) === 'owner' && [...team.values()].filter((role) => role === 'owner').length === 1;
