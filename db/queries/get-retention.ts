import { desc } from 'drizzle-orm';
import { onlyRow } from '../command.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { retention, retentionRun } from '../schema/retention.ts';

export type RetentionReport = Omit<
  typeof retentionRun.$inferSelect,
  'id' | 'workspaceId' | 'placeAt' | 'placeId'
> & {
  runId: string;
};
export type Retention = { keptDays: number; dueAt: Date; reports: RetentionReport[] };

const SHOWN = 30;

/** How long people are kept, when that is looked at next, and what the last passages came to, newest first. */
export const getRetention = (ctx: QueryContext): Promise<Retention> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const plan = onlyRow(await tx.select().from(retention), 'not_found');
    const runs = await tx.select().from(retentionRun).orderBy(desc(retentionRun.startedAt)).limit(SHOWN);
    const reports = runs.map(({ id, workspaceId: _workspace, placeAt: _at, placeId: _id, ...run }) => ({
      runId: id,
      ...run,
    }));
    return { keptDays: plan.keptDays, dueAt: plan.dueAt, reports };
  });
