import { randomUUID } from 'node:crypto';
import { type Db, inWorkspace } from '../context.ts';
import type { Person } from '../members.ts';
import { createWorkspace } from '../workspaces.ts';

export type ClaimWorkspaceInput = { name: string; owner: Person; now: Date };

/** Makes a workspace with its first owner. Runs with the migrator's rights, because nobody is a member of it yet. */
export const claimWorkspace = async (
  migratorDb: Db,
  { name, owner, now }: ClaimWorkspaceInput,
): Promise<{ workspaceId: string; operatorId: string }> => {
  const workspaceId = randomUUID();
  return inWorkspace(migratorDb, workspaceId, (tx) =>
    createWorkspace(tx, { db: migratorDb, workspaceId, now }, { name, owner }),
  );
};
