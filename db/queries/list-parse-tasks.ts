import { desc, eq } from 'drizzle-orm';
import type { ParseSource, ParseSpeed, ParseStatus } from '#core/statuses.ts';
import { onlyRow } from '../command.ts';
import { inWorkspace, type QueryContext, type Tx } from '../context.ts';
import { community, parseTask } from '../schema/communities.ts';
import { behind, type Page, type PageWish, toPage } from './page.ts';

export type ParseTaskItem = {
  taskId: string;
  communityId: string;
  communityReference: string;
  communityTitle: string | null;
  source: ParseSource;
  speed: ParseSpeed;
  status: ParseStatus;
  /** Refusal code or Telegram's error name. */
  reason: string | null;
  /** Members or messages read so far, and Telegram's own count of them once it is known. */
  seen: number;
  total: number | null;
  people: number;
  createdAt: Date;
  startedAt: Date | null;
  finishedAt: Date | null;
};

const NEWEST = 100;

/** The workspace's newest parse tasks with their progress, newest first. */
export const listParseTasks = async (ctx: QueryContext): Promise<ParseTaskItem[]> =>
  (await listParseTaskPage(ctx, { limit: NEWEST })).items;

/** The same, page by page. */
export const listParseTaskPage = (ctx: QueryContext, page: PageWish): Promise<Page<ParseTaskItem>> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) => {
    const rows = await selectTasks(tx)
      .where(behind(parseTask.createdAt, parseTask.id, page.after))
      .orderBy(desc(parseTask.createdAt), desc(parseTask.id))
      .limit(page.limit + 1);
    const total = await tx.$count(parseTask);
    return toPage(rows, { limit: page.limit, total }, (row) => ({ at: row.createdAt, id: row.taskId }));
  });

/** Throws `not_found` when the workspace has no such task. */
export const getParseTask = (ctx: QueryContext, input: { taskId: string }): Promise<ParseTaskItem> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) =>
    onlyRow(await selectTasks(tx).where(eq(parseTask.id, input.taskId)), 'not_found'),
  );

const selectTasks = (tx: Tx) =>
  tx
    .select({
      taskId: parseTask.id,
      communityId: parseTask.communityId,
      communityReference: community.reference,
      communityTitle: community.title,
      source: parseTask.source,
      speed: parseTask.speed,
      status: parseTask.status,
      reason: parseTask.reason,
      seen: parseTask.seenCount,
      total: parseTask.totalCount,
      people: parseTask.peopleCount,
      createdAt: parseTask.createdAt,
      startedAt: parseTask.startedAt,
      finishedAt: parseTask.finishedAt,
    })
    .from(parseTask)
    .innerJoin(community, eq(community.id, parseTask.communityId));
