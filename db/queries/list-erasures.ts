import { asc } from 'drizzle-orm';
import { inWorkspace, type QueryContext } from '../context.ts';
import { erasure } from '../schema/retention.ts';

/** Hashes of everybody who was erased, oldest first. */
export const listErasures = (ctx: QueryContext): Promise<Buffer[]> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const rows = await tx
      .select({ personHash: erasure.personHash })
      .from(erasure)
      .orderBy(asc(erasure.erasedAt));
    return rows.map((row) => row.personHash);
  });
