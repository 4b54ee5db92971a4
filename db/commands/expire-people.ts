import { and, eq, isNull, sql } from 'drizzle-orm';
import { later } from '#core/duration.ts';
import { keptSince, RETENTION_EVERY_MS } from '#core/retention.ts';
import { appendAudit, at, onlyRow, runCommand } from '../command.ts';
import type { CommandContext, Tx } from '../context.ts';
import { forgetFiles, forgetLookups } from '../old-data.ts';
import { appendEvent } from '../outbox.ts';
import { retention, retentionRun } from '../schema/retention.ts';

type Run = typeof retentionRun.$inferSelect;

/**
 * Forgets at most `limit` people who were seen last before what the workspace keeps, unless an audience holds or a
 * campaign names them, with where they were seen and how they are addressed. The last batch also forgets old files,
 * closes the report, sets the next passage and tells of it. `isDone` says that nothing is due any more.
 */
export const expirePeople = (
  ctx: CommandContext,
  { limit }: { limit: number },
): Promise<{ isDone: boolean }> =>
  runCommand(ctx, 'admin', async (tx) => {
    const found = await tx.select().from(retention).for('update');
    const plan = onlyRow(found, 'not_found');
    if (plan.dueAt > ctx.now) return { isDone: true };
    const run = await openRun(tx, ctx, plan.keptDays);
    const since = keptSince(run.keptDays, run.startedAt);
    const batch = await forgetBatch(tx, run, since, limit);
    const counted = {
      people: run.people + batch.people,
      sightings: run.sightings + batch.sightings,
      refs: run.refs + batch.refs,
      inAudience: run.inAudience + batch.in_audience,
      inCampaign: run.inCampaign + batch.in_campaign,
    };
    if (batch.looked === limit) {
      const place = { placeAt: new Date(batch.place_at ?? 0), placeId: batch.place_id };
      await tx
        .update(retentionRun)
        .set({ ...counted, ...place })
        .where(eq(retentionRun.id, run.id));
      return { isDone: false };
    }
    await forgetLookups(tx, since);
    const files = await forgetFiles(tx, since);
    const report = { ...counted, files };
    await tx
      .update(retentionRun)
      .set({ ...report, finishedAt: ctx.now })
      .where(eq(retentionRun.id, run.id));
    await tx.update(retention).set({ dueAt: later(ctx.now, RETENTION_EVERY_MS) });
    const { people } = report;
    await appendEvent(tx, ctx, { kind: 'retention.finished', payload: { runId: run.id, people, files } });
    await appendAudit(tx, ctx, {
      action: 'retention.finished',
      entityId: run.id,
      after: { keptDays: run.keptDays, ...report },
    });
    return { isDone: true };
  });

/** The passage that a process left in the middle goes on where it was. */
const openRun = async (tx: Tx, ctx: CommandContext, keptDays: number): Promise<Run> => {
  const [open] = await tx
    .select()
    .from(retentionRun)
    .where(and(isNull(retentionRun.finishedAt), eq(retentionRun.keptDays, keptDays)));
  if (open) return open;
  await tx.update(retentionRun).set({ finishedAt: ctx.now }).where(isNull(retentionRun.finishedAt));
  const opened = await tx
    .insert(retentionRun)
    .values({ workspaceId: ctx.workspaceId, keptDays, startedAt: ctx.now })
    .returning();
  return onlyRow(opened, 'conflict');
};

type Batch = {
  looked: number;
  people: number;
  sightings: number;
  refs: number;
  in_audience: number;
  in_campaign: number;
  place_at: string | null;
  place_id: string | null;
};

/** A person who is being seen again in this moment has another `seen_at` by the time their row is free, and stays. */
const forgetBatch = async (tx: Tx, run: Run, since: Date, limit: number): Promise<Batch> => {
  const behind = run.placeAt ? sql`(seen_at, id) > (${at(run.placeAt)}, ${run.placeId}::uuid)` : sql`true`;
  const rows = await tx.execute<Batch>(sql`
    with batch as materialized (
      select id, seen_at from person
      where seen_at < ${at(since)} and erased_at is null and ${behind}
      order by seen_at, id limit ${limit}
    ), judged as materialized (
      select batch.*,
        exists (select from audience_member m where m.person_id = batch.id) as in_audience,
        exists (select from target t where t.person_id = batch.id)
          or exists (select from attempt a where a.person_id = batch.id) as in_campaign
      from batch
    ), gone as (
      delete from person using judged
      where person.id = judged.id and person.seen_at = judged.seen_at
        and not judged.in_audience and not judged.in_campaign
      returning person.id
    ), unseen as (
      delete from sighting using gone where sighting.person_id = gone.id returning 1
    ), unreferred as (
      delete from peer_ref using gone where peer_ref.person_id = gone.id returning 1
    )
    select count(*)::int as looked,
      (select count(*) from gone)::int as people,
      (select count(*) from unseen)::int as sightings,
      (select count(*) from unreferred)::int as refs,
      (count(*) filter (where in_audience))::int as in_audience,
      (count(*) filter (where in_campaign and not in_audience))::int as in_campaign,
      (select seen_at from judged order by seen_at desc, id desc limit 1) as place_at,
      (select id from judged order by seen_at desc, id desc limit 1) as place_id
    from judged`);
  return onlyRow(rows, 'conflict');
};
