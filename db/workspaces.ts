import { Refused } from '#core/refusals.ts';
import { firstRetention } from '#core/retention.ts';
import { appendAudit } from './command.ts';
import type { Db, Tx } from './context.ts';
import { type Person, saveMember, saveOperator } from './members.ts';
import { retention } from './schema/retention.ts';
import { workspace } from './schema/team.ts';

/** Makes a workspace with its first owner, in a transaction that has named it already. */
export const createWorkspace = async (
  tx: Tx,
  place: { db: Db; workspaceId: string; now: Date },
  { name, owner }: { name: string; owner: Person },
): Promise<{ workspaceId: string; operatorId: string }> => {
  const { workspaceId, now } = place;
  if (name.trim() === '') throw new Refused('invalid_input', { field: 'name' });
  await tx.insert(workspace).values({ id: workspaceId, name: name.trim(), createdAt: now });
  await tx.insert(retention).values({ workspaceId, ...firstRetention(now) });
  const { operatorId } = await saveOperator(tx, place, owner);
  await saveMember(tx, place, { operatorId, role: 'owner' });
  await appendAudit(
    tx,
    { ...place, actor: { kind: 'system', part: 'setup' } },
    { action: 'workspace.claimed', entityId: workspaceId, after: { name: name.trim(), operatorId } },
  );
  return { workspaceId, operatorId };
};
