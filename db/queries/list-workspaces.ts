import { asc } from 'drizzle-orm';
import { acrossWorkspaces, type Db } from '../context.ts';
import { workspace } from '../schema/team.ts';

/** Every workspace of the installation, oldest first, for those who run it. */
export const listWorkspaces = (db: Db): Promise<{ workspaceId: string; name: string }[]> =>
  acrossWorkspaces(db, (tx) =>
    tx
      .select({ workspaceId: workspace.id, name: workspace.name })
      .from(workspace)
      .orderBy(asc(workspace.createdAt), asc(workspace.id)),
  );
