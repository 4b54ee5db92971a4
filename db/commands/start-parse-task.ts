import { sql } from 'drizzle-orm';
import { firstCursor, type ParseCursor, parseCursorSchema } from '#core/parsing/cursor.ts';
import { type Asked, askedSchema } from '#core/parsing/pace.ts';
import { type ParseWish, parseWishSchema } from '#core/parsing/wish.ts';
import { Refused } from '#core/refusals.ts';
import type { ParseSource, ParseSpeed } from '#core/statuses.ts';
import type { ChatRef, CommunityKind } from '#core/telegram/user-session.ts';
import { appendAudit, at, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';

/** Everything a job needs to read the next pages of a task. */
export type ParseWork = {
  taskId: string;
  source: ParseSource;
  speed: ParseSpeed;
  wish: ParseWish;
  chat: ChatRef;
  /** Where the next page begins: the place the last stored page left. */
  cursor: ParseCursor;
  /** The requests of the last minute. */
  asked: Asked;
  seenCount: number;
  peopleCount: number;
  totalCount: number | null;
  nextPageAt: Date | null;
};

type Row = {
  source: ParseSource;
  speed: ParseSpeed;
  wish: unknown;
  cursor: unknown;
  asked: unknown;
  seen_count: number;
  people_count: number;
  total_count: number | null;
  next_page_at: string | null;
  kind: CommunityKind;
  telegram_id: string;
  access_hash: string;
  was_waiting: boolean;
};

/**
 * Begins a waiting task, or goes on with a running one after a pause or a crash. Refuses with
 * `parse_task.not_startable` when the task is another account's, is over, or the account may not act or cannot
 * read the community.
 */
export const startParseTask = (
  ctx: CommandContext,
  input: { taskId: string; accountId: string },
): Promise<ParseWork> =>
  runCommand(ctx, 'operator', async (tx) => {
    const [row] = await tx.execute<Row>(sql`
      update parse_task t set
        status = 'running',
        started_at = coalesce(t.started_at, ${at(ctx.now)}),
        reason = null
      from parse_task old, community c, community_access ca, account a
      where t.id = ${input.taskId} and t.account_id = ${input.accountId} and t.status in ('waiting', 'running')
        and old.id = t.id and c.id = t.community_id and a.id = t.account_id and a.status = 'active'
        and ca.community_id = t.community_id and ca.account_id = t.account_id and ca.access_hash is not null
      returning t.source, t.speed, t.wish, t.cursor, t.asked, t.seen_count, t.people_count, t.total_count, t.next_page_at,
        c.kind, c.telegram_id, ca.access_hash, old.status = 'waiting' as was_waiting`);
    if (!row) throw new Refused('parse_task.not_startable');
    if (row.was_waiting) {
      await appendAudit(tx, ctx, {
        action: 'parse_task.started',
        entityId: input.taskId,
        after: { accountId: input.accountId },
      });
    }
    return {
      taskId: input.taskId,
      source: row.source,
      speed: row.speed,
      wish: parseWishSchema.parse(row.wish),
      chat: { kind: row.kind, telegramId: row.telegram_id, accessHash: row.access_hash },
      cursor: row.cursor === null ? firstCursor(row.source) : parseCursorSchema.parse(row.cursor),
      asked: askedSchema.parse(row.asked),
      seenCount: row.seen_count,
      peopleCount: row.people_count,
      totalCount: row.total_count,
      nextPageAt: row.next_page_at === null ? null : new Date(row.next_page_at),
    };
  });
