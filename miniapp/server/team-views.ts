import type { Actor } from '#core/roles.ts';
import { ROLES } from '#core/roles.ts';
import { decideGrant, decideRemoval, decideRoleChange, type Team } from '#core/team/team.ts';
import type { AuditItem } from '#db/queries/list-audit.ts';
import type { MemberItem } from '#db/queries/list-members.ts';
import type { SessionItem } from '#db/server-sessions.ts';
import type { AuditPage, Doer } from '#miniapp/contract/audit.ts';
import { DEVICES, type SessionPage } from '#miniapp/contract/sessions.ts';
import type { Member, MembersAnswer } from '#miniapp/contract/team.ts';

/** The team as one of its members sees it, with what the rules let them do to each. */
export const teamView = (
  rows: readonly MemberItem[],
  operatorId: string,
): Pick<MembersAnswer, 'items' | 'mayInvite'> => {
  const team: Team = new Map(rows.map((row) => [row.operatorId, row.role]));
  const asker = { operatorId };
  const item = (row: MemberItem): Member => ({
    operatorId: row.operatorId,
    name: row.firstName,
    username: row.username,
    role: row.role,
    isSelf: row.operatorId === operatorId,
    joinedAt: row.createdAt.toISOString(),
    mayBecome: ROLES.filter((role) => decideRoleChange(team, asker, { operatorId: row.operatorId, role }).ok),
    mayRemove: decideRemoval(team, asker, row.operatorId).ok,
  });
  return {
    items: rows.map(item),
    mayInvite: ROLES.filter((role) => decideGrant(team, asker, role).ok),
  };
};

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
