import { type Actor, ROLES, type Role } from '#core/roles.ts';
import { decideGrant, decideRemoval, decideRoleChange, type Team } from '#core/team/team.ts';
import type { AuditItem } from '#db/queries/list-audit.ts';
import type { MemberItem } from '#db/queries/list-members.ts';
import type { SessionItem } from '#db/server-sessions.ts';
import type { AuditPage, Doer } from '#miniapp/contract/audit.ts';
import { DEVICES, type SessionPage } from '#miniapp/contract/sessions.ts';
import type { Member } from '#miniapp/contract/team.ts';

/** A member as another one sees them, with what the rules of the team let that one do to them. */
export const memberView =
  (team: Team, operatorId: string) =>
  (row: MemberItem): Member => {
    const asker = { operatorId };
    return {
      operatorId: row.operatorId,
      name: row.firstName,
      username: row.username,
      role: row.role,
      isSelf: row.operatorId === operatorId,
      joinedAt: row.createdAt.toISOString(),
      mayBecome: ROLES.filter(
        (role) => decideRoleChange(team, asker, { operatorId: row.operatorId, role }).ok,
      ),
      mayRemove: decideRemoval(team, asker, row.operatorId).ok,
    };
  };

/** The roles a member may invite others with. */
export const mayInvite = (team: Team, operatorId: string): Role[] =>
  ROLES.filter((role) => decideGrant(team, { operatorId }, role).ok);

export const sessionItem = (row: SessionItem, ownSessionId: string): SessionPage['items'][number] => ({
  sessionId: row.sessionId,
  workspace: row.workspaceName,
  device: DEVICES.find((device) => device === row.device) ?? 'other',
  isThisOne: row.sessionId === ownSessionId,
  createdAt: row.createdAt.toISOString(),
  usedAt: row.usedAt.toISOString(),
});

/** Who did something: a person by their first name, or a part of Usher. */
export const actorView = (actor: Actor, name: string | null): Doer =>
  actor.kind === 'operator'
    ? { kind: 'operator', name: name ?? actor.operatorId, tokenId: actor.tokenId ?? null }
    : { kind: 'system', name: actor.part, tokenId: null };

export const auditItem = (row: AuditItem): AuditPage['items'][number] => ({
  auditId: row.auditId,
  at: row.at.toISOString(),
  by: actorView(row.actor, row.actorName),
  action: row.action,
  entityId: row.entityId,
  before: row.before,
  after: row.after,
  position: row.position,
});
