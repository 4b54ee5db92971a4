import { and, eq, isNull } from 'drizzle-orm';
import { Refused } from '#core/refusals.ts';
import type { Role } from '#core/roles.ts';
import { decideJoining } from '#core/team/team.ts';
import { appendAudit, onlyRow, orRefuse } from '../command.ts';
import { acrossWorkspaces, type CommandContext, type Db, inWorkspace, type Tx } from '../context.ts';
import { type Person, saveMember, saveOperator } from '../members.ts';
import { hashToken } from '../one-time-tokens.ts';
import { appendEvent } from '../outbox.ts';
import { invitation, operator } from '../schema/team.ts';
import { lockTeam } from '../team.ts';

/**
 * Brings the person in with the role of the invitation, once; from then on it is the workspace they work in. Refuses
 * with `team.already_member`, and with the reasons for which an invitation no longer holds; nothing is changed then.
 */
export const acceptInvitation = async (
  db: Db,
  input: { token: string; person: Person; now: Date },
): Promise<{ workspaceId: string; operatorId: string; role: Role }> => {
  const { person, now } = input;
  const tokenHash = hashToken(input.token);
  const place = await findPlace(db, tokenHash);
  if (!place) throw new Refused('team.invitation_unknown');
  const { invitationId, workspaceId } = place;
  return inWorkspace(db, workspaceId, async (tx) => {
    const team = await lockTeam(tx, { workspaceId });
    const { operatorId } = await saveOperator(tx, { now }, person);
    const held = await readHolding(tx, invitationId, now);
    const role = orRefuse(decideJoining(team, held, operatorId));
    await saveMember(tx, { workspaceId, now }, { operatorId, role });
    const used = await tx
      .update(invitation)
      .set({ usedAt: now, usedBy: operatorId })
      .where(and(eq(invitation.id, invitationId), isNull(invitation.usedAt), isNull(invitation.withdrawnAt)))
      .returning({ id: invitation.id });
    onlyRow(used, 'conflict');
    await tx.update(operator).set({ chosenWorkspaceId: workspaceId }).where(eq(operator.id, operatorId));

    const ctx: CommandContext = { db, workspaceId, now, actor: { kind: 'operator', operatorId, role } };
    await appendEvent(tx, ctx, { kind: 'member.joined', payload: { operatorId } });
    await appendAudit(tx, ctx, {
      action: 'member.joined',
      entityId: operatorId,
      after: { role, invitationId, invitedBy: held.createdBy },
    });
    return { workspaceId, operatorId, role };
  });
};

/** Whoever follows a link does not name a workspace: the invitation does. */
const findPlace = (db: Db, tokenHash: Buffer) =>
  acrossWorkspaces(db, async (tx) => {
    const [found] = await tx
      .select({ invitationId: invitation.id, workspaceId: invitation.workspaceId })
      .from(invitation)
      .where(eq(invitation.tokenHash, tokenHash));
    return found;
  });

/** The invitation, while it holds. */
const readHolding = async (tx: Tx, invitationId: string, now: Date) => {
  const found = await tx.select().from(invitation).where(eq(invitation.id, invitationId));
  const held = onlyRow(found, 'not_found');
  if (held.usedAt) throw new Refused('team.invitation_used');
  if (held.withdrawnAt) throw new Refused('team.invitation_withdrawn');
  if (held.expiresAt <= now) throw new Refused('team.invitation_expired');
  return held;
};
