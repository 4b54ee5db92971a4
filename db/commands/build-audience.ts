import { and, eq, sql } from 'drizzle-orm';
import { type AudienceSource, audienceSourceSchema } from '#core/audience/source.ts';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext, Tx } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { audience } from '../schema/index.ts';
import { addTypedPeople, type Reject } from '../typed-people.ts';

/**
 * Fills a requested audience: typed people first, then parsed people that pass the filter, in the order they were
 * seen. Somebody in both keeps the better basis. Rows that name nobody are kept with their line and reason. Done twice
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
    await addParsedPeople(tx, ctx, audienceId, source);

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

/**
 * The wishes of `core/audience/filter.ts` as one statement, so that a million people never pass through the process.
 * The tasks take turns, so that a limit keeps people of each, whichever account reaches them.
 */
const addParsedPeople = async (
  tx: Tx,
  ctx: CommandContext,
  audienceId: string,
  { taskIds, filter, limit }: AudienceSource,
): Promise<void> => {
  if (taskIds.length === 0) return;
  const lastSeen = filter.lastSeen ? JSON.stringify(filter.lastSeen) : null;
  await tx.execute(sql`
    insert into audience_member as known (audience_id, person_id, workspace_id, basis, position)
    select ${audienceId}, person_id, ${ctx.workspaceId}, 'collected',
      coalesce((select max(position) from audience_member where audience_id = ${audienceId}), 0)
        + row_number() over (order by ordinal, rank)
    from (
      select s.person_id, min(wanted.rank) as rank, min(s.ordinal) as ordinal
      from json_array_elements_text(${JSON.stringify(taskIds)}::json) with ordinality as wanted(task_id, rank)
      join sighting s on s.parse_task_id = wanted.task_id::uuid
      join person p on p.id = s.person_id
      where (${filter.hasUsername ?? null}::boolean is null or (p.username is not null) = ${filter.hasUsername ?? null})
        and (${filter.hasPhoto ?? null}::boolean is null or p.has_photo = ${filter.hasPhoto ?? null})
        and (${filter.isPremium ?? null}::boolean is null or p.is_premium = ${filter.isPremium ?? null})
        and (${lastSeen}::json is null or p.last_seen::text in (select json_array_elements_text(${lastSeen}::json)))
        and (${filter.keepsBots} or not p.is_bot)
        and (${filter.keepsDeleted} or not p.is_deleted)
        and (${filter.keepsScam} or not p.is_scam)
        and (${filter.keepsAdmins} or not p.is_admin_somewhere)
      group by s.person_id
      order by ordinal, rank
      limit ${limit ?? null}
    ) as chosen
    on conflict (audience_id, person_id) do update set basis = least(known.basis, excluded.basis)`);
};

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
