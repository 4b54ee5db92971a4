import { eq, sql } from 'drizzle-orm';
import { Refused } from '#core/refusals.ts';
import type { Role } from '#core/roles.ts';
import type { Asker, Team } from '#core/team/team.ts';
import { onlyRow } from './command.ts';
import type { CommandContext, Tx } from './context.ts';
import { member, operator, workspace } from './schema/team.ts';

/** The workspace's members as they are now; until the transaction ends no other command changes them. */
export const lockTeam = async (tx: Tx, { workspaceId }: { workspaceId: string }): Promise<Team> => {
  const found = await tx
    .select({ id: workspace.id })
    .from(workspace)
    .where(eq(workspace.id, workspaceId))
    .for('no key update');
  onlyRow(found, 'not_found');
  return readTeam(tx);
};

/** The same without keeping others from changing it: enough to tell what somebody may do, not to do it. */
export const readTeam = async (tx: Tx): Promise<Team> => {
  const rows = await tx.select({ operatorId: member.operatorId, role: member.role }).from(member);
  return new Map<string, Role>(rows.map(({ operatorId, role }) => [operatorId, role]));
};

/** Who asks, for the rules of the team; parts of Usher act for the terminal. */
export const askerOf = ({ actor }: CommandContext): Asker =>
  actor.kind === 'operator' ? { operatorId: actor.operatorId } : 'terminal';

/** Closes every door a member had into the workspace: their signed-in pages, and messages that would still be edited. */
export const closeDoors = async (tx: Tx, workspaceId: string, operatorId: string): Promise<void> => {
  await tx.execute(sql`
    update server_session set expires_at = least(expires_at, clock_timestamp())
    where operator_id = ${operatorId} and workspace_id = ${workspaceId}`);
  await tx.execute(sql`delete from bot_message where operator_id = ${operatorId}`);
};

/** The operator who asks works in the workspace of `ctx` from now on; they have to be a member of it. */
export const settleIn = async (tx: Tx, { actor, workspaceId }: CommandContext): Promise<string> => {
  if (actor.kind !== 'operator') throw new Refused('forbidden');
  const { operatorId } = actor;
  const found = await tx.select({ role: member.role }).from(member).where(eq(member.operatorId, operatorId));
  onlyRow(found, 'not_found');
  await tx.update(operator).set({ chosenWorkspaceId: workspaceId }).where(eq(operator.id, operatorId));
  return operatorId;
};
