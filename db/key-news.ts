import { sql } from 'drizzle-orm';
import type { KeysAway } from '#core/session-keys.ts';
import { acrossWorkspaces, type CommandContext } from './context.ts';
import { tellWorkspaces } from './fleet-news.ts';

/** Tells every workspace with accounts that workers cannot read the keys of sessions, or, without a reason, can again. */
export const tellOfKeys = (
  ctx: Pick<CommandContext, 'db' | 'now'>,
  away: KeysAway | undefined,
): Promise<void> =>
  acrossWorkspaces(ctx.db, async (tx) => {
    const rows = await tx.execute<{ id: string }>(sql`select distinct workspace_id as id from account`);
    const ids = rows.map(({ id }) => id);
    if (away) return tellWorkspaces(tx, ctx, ids, { kind: 'keys.away', payload: { because: away } });
    return tellWorkspaces(tx, ctx, ids, { kind: 'keys.back', payload: {} });
  });
