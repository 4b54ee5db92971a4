import { sql } from 'drizzle-orm';
import { appendAudit, at, runCommand } from '../command.ts';
import { acrossWorkspaces, type CommandContext, type Db } from '../context.ts';
import { wakeLane } from '../lanes.ts';
import { appendEvent } from '../outbox.ts';

/** Brings back every account of the workspace whose cooling or block is over and that needs no person's word. */
export const recoverAccounts = (ctx: CommandContext): Promise<{ accountIds: string[] }> =>
  runCommand(ctx, 'admin', async (tx) => {
    const recovered = await tx.execute<{ id: string }>(sql`
      update account set status = 'active', recovers_at = null, wait_error = null, status_error = null,
        next_slot_because = null
      where status in ('cooling', 'blocked') and not wants_person and recovers_at <= ${at(ctx.now)}
      returning id`);
    for (const { id } of recovered) {
      await wakeLane(tx, id, ctx.now);
      await appendEvent(tx, ctx, { kind: 'account.recovered', payload: { accountId: id } });
      await appendAudit(tx, ctx, { action: 'account.recovered', entityId: id });
    }
    return { accountIds: recovered.map((row) => row.id) };
  });

/** The same in every workspace that has such an account; for the dispatcher. */
export const recoverDueAccounts = async (db: Db, now: Date): Promise<void> => {
  const due = await acrossWorkspaces(db, (tx) =>
    tx.execute<{ workspace_id: string }>(sql`
      select distinct workspace_id from account
      where status in ('cooling', 'blocked') and not wants_person and recovers_at <= ${at(now)}`),
  );
  for (const { workspace_id: workspaceId } of due) {
    await recoverAccounts({ db, now, workspaceId, actor: { kind: 'system', part: 'dispatcher' } });
  }
};
