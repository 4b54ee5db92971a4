import { randomUUID } from 'node:crypto';
import { Refused } from '#core/refusals.ts';
import type { Language } from '#core/statuses.ts';
import { appendAudit } from '../command.ts';
import { type Db, inWorkspace } from '../context.ts';
import { saveMember } from '../members.ts';
import { workspace } from '../schema/team.ts';

export type ClaimWorkspaceInput = {
  name: string;
  owner: { telegramId: string; firstName: string; username?: string; language: Language };
  now: Date;
};

/** Makes a workspace with its first owner. Runs with the migrator's rights, because nobody is a member of it yet. */
export const claimWorkspace = async (
  migratorDb: Db,
  input: ClaimWorkspaceInput,
): Promise<{ workspaceId: string; operatorId: string }> => {
  if (input.name.trim() === '') throw new Refused('invalid_input', { field: 'name' });
  const workspaceId = randomUUID();
  const { now } = input;
  return inWorkspace(migratorDb, workspaceId, async (tx) => {
    await tx.insert(workspace).values({ id: workspaceId, name: input.name.trim(), createdAt: now });
    const { operatorId } = await saveMember(tx, { workspaceId, now }, { ...input.owner, role: 'owner' });
    const actor = { kind: 'system', part: 'setup' } as const;
    await appendAudit(
      tx,
      { db: migratorDb, actor, workspaceId, now },
      { action: 'workspace.claimed', entityId: workspaceId, after: { name: input.name, operatorId } },
    );
    return { workspaceId, operatorId };
  });
};
