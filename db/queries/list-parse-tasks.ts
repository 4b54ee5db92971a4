import { desc, eq } from 'drizzle-orm';
import { OPEN_PARSE_STATUSES } from '#core/parsing/life.ts';
import { type Asked, askedSchema } from '#core/parsing/pace.ts';
import { progressOf } from '#core/parsing/progress.ts';
import { type ParseWish, parseWishSchema } from '#core/parsing/wish.ts';
import type { ParseSource, ParseSpeed, ParseStatus, Priority } from '#core/statuses.ts';
import { onlyRow } from '../command.ts';
import { inWorkspace, type QueryContext, type Tx } from '../context.ts';
import { account, community, parseTask } from '../schema/index.ts';
import { behind, type Page, type PageWish, toPage } from './page.ts';

export type ParseTaskItem = {
  taskId: string;
  communityId: string;
  communityReference: string;
  communityTitle: string | null;
  source: ParseSource;
  speed: ParseSpeed;
  priority: Priority;
  wish: ParseWish;
  status: ParseStatus;
  /** Refusal code or Telegram's error name. */
  reason: string | null;
  /** The account that reads it. */
  accountId: string | null;
  /** What befell the account that handed it on last, Telegram's error name. */
  movedBecause: string | null;
  /** Its account rests, why and until when; `until` is null when only a person can help. */
  waits: { because: string; until: Date | null } | null;
  /** Members, messages or reactions read so far, and Telegram's own count of them once it is known. */
  seen: number;
  total: number | null;
  people: number;
  /** Of the messages those with a photo, a file or the like, and those without a person as sender. */
  media: number;
  impersonal: number;
  /** Of what is read, while the task runs. */
  ratePerMinute: number | null;
  secondsLeft: number | null;
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
    return toPage(rows.map(toItem), { limit: page.limit, total }, (row) => ({
      at: row.createdAt,
      id: row.taskId,
    }));
  });

/** Throws `not_found` when the workspace has no such task. */
export const getParseTask = (ctx: QueryContext, input: { taskId: string }): Promise<ParseTaskItem> =>
  inWorkspace(ctx.db, ctx.workspaceId, async (tx) =>
    toItem(onlyRow(await selectTasks(tx).where(eq(parseTask.id, input.taskId)), 'not_found')),
  );

type Row = Awaited<ReturnType<typeof selectTasks>>[number];

const toItem = ({
  asked: stored,
  accountStatus,
  wantsPerson,
  recoversAt,
  statusError,
  ...row
}: Row): ParseTaskItem => {
  const isOpen = OPEN_PARSE_STATUSES.some((status) => status === row.status);
  const isResting = isOpen && accountStatus !== null && (accountStatus !== 'active' || wantsPerson);
  const isMoving = row.status === 'running' && !isResting;
  const asked: Asked = isMoving ? askedSchema.parse(stored) : [];
  const until = wantsPerson ? null : recoversAt;
  return {
    ...row,
    wish: parseWishSchema.parse(row.wish),
    waits: isResting ? { because: statusError ?? accountStatus, until } : null,
    ...progressOf({ seen: row.seen, total: row.total, asked }),
  };
};

const selectTasks = (tx: Tx) =>
  tx
    .select({
      taskId: parseTask.id,
      communityId: parseTask.communityId,
      communityReference: community.reference,
      communityTitle: community.title,
      source: parseTask.source,
      speed: parseTask.speed,
      priority: parseTask.priority,
      wish: parseTask.wish,
      status: parseTask.status,
      reason: parseTask.reason,
      accountId: parseTask.accountId,
      movedBecause: parseTask.movedBecause,
      accountStatus: account.status,
      wantsPerson: account.wantsPerson,
      recoversAt: account.recoversAt,
      statusError: account.statusError,
      asked: parseTask.asked,
      seen: parseTask.seenCount,
      total: parseTask.totalCount,
      people: parseTask.peopleCount,
      media: parseTask.mediaCount,
      impersonal: parseTask.impersonalCount,
      createdAt: parseTask.createdAt,
      startedAt: parseTask.startedAt,
      finishedAt: parseTask.finishedAt,
    })
    .from(parseTask)
    .innerJoin(community, eq(community.id, parseTask.communityId))
    .leftJoin(account, eq(account.id, parseTask.accountId));
