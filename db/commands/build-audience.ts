import { and, eq, sql } from 'drizzle-orm';
import { audienceSourceSchema } from '#core/audience/source.ts';
import { addSources } from '../audience-sources.ts';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext, Tx } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { audience } from '../schema/index.ts';
import { addTypedPeople, type Reject } from '../typed-people.ts';

/**
 * Fills a requested audience: typed people first, then parsed people that pass the filter, in the order they were
 * seen, then other audiences and the segment. Somebody in several keeps the best basis. Rows that name nobody are kept with their line and reason. Done twice
 * it changes nothing; an audience that ends without members is `empty`.
 */
export const buildAudience = (
  ctx: CommandContext,
  input: { audienceId: string },
): Promise<{ members: number; rejects: number }> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { audienceId } = input;
    const found = await tx.select().from(audience).where(eq(audience.id, audienceId)).for('update');
    const { status, source: stored } = onlyRow(found, 'not_found');
    if (status !== 'building') return countOf(tx, audienceId);

    const source = audienceSourceSchema.parse(stored);
    const rejects = await addTypedPeople(tx, ctx, audienceId, source);
    await saveRejects(tx, ctx, audienceId, rejects);
    await addSources(tx, ctx, audienceId, source);

    const counts = await countOf(tx, audienceId);
    const becomes = counts.members > 0 ? 'ready' : 'empty';
    const built = await tx
      .update(audience)
      .set({ status: becomes, membersCount: counts.members })
      .where(and(eq(audience.id, audienceId), eq(audience.status, 'building')))
      .returning({ id: audience.id });
    onlyRow(built, 'conflict');
    await appendEvent(tx, ctx, {
      kind: 'audience.built',
      payload: { audienceId, members: counts.members },
    });
    await appendAudit(tx, ctx, {
      action: 'audience.built',
      entityId: audienceId,
      before: { status },
      after: { status: becomes, ...counts },
    });
    return counts;
  });

const saveRejects = async (
  tx: Tx,
  ctx: CommandContext,
  audienceId: string,
  rejects: readonly Reject[],
): Promise<void> => {
  if (rejects.length === 0) return;
  await tx.execute(sql`
    insert into audience_reject (audience_id, workspace_id, line, text, reason)
    select ${audienceId}, ${ctx.workspaceId}, line, text, reason
    from json_to_recordset(${JSON.stringify(rejects)}::json) as reject(line int, text text, reason text)
    on conflict do nothing`);
};

const countOf = async (tx: Tx, audienceId: string): Promise<{ members: number; rejects: number }> => {
  const [row] = await tx.execute<{ members: number; rejects: number }>(sql`
    select
      (select count(*)::int from audience_member where audience_id = ${audienceId}) as members,
      (select count(*)::int from audience_reject where audience_id = ${audienceId}) as rejects`);
  return row ?? { members: 0, rejects: 0 };
};
