import { desc, eq } from 'drizzle-orm';
import type { ParseSource, ParseSpeed, ParseStatus } from '#core/statuses.ts';
import { inWorkspace, type QueryContext } from '../context.ts';
import { community, parseTask } from '../schema/communities.ts';

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
export const listParseTasks = (ctx: QueryContext): Promise<ParseTaskItem[]> =>
  inWorkspace(ctx.db, ctx.workspaceId, (tx) =>
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
      .innerJoin(community, eq(community.id, parseTask.communityId))
      .orderBy(desc(parseTask.createdAt), desc(parseTask.id))
      .limit(NEWEST),
  );
