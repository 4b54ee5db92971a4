import { and, eq, sql } from 'drizzle-orm';
import { type FilePlan, filePlanSchema } from '#core/audience/file-plan.ts';
import { appendAudit, at, onlyRow, runCommand } from '../command.ts';
import type { CommandContext, Tx } from '../context.ts';
import { addFileMembers, distinctPeople, type FileRow } from '../file-people.ts';
import { keepFileInHand } from '../file-work.ts';
import { appendEvent } from '../outbox.ts';
import { audienceFile } from '../schema/files.ts';
import { lockSuppressions } from '../suppressions.ts';
import { lockTypedPeople } from '../typed-people.ts';

/** With what it would be suppressed under, in hex. */
export type HashedRow = FileRow & { hashes: readonly string[] };

export type FileBatch = {
  fileId: string;
  /** Rows of the file that were imported before this batch. */
  from: number;
  people: readonly HashedRow[];
  /** Rows of the batch that name nobody. */
  bad: number;
};

/**
 * Imports some rows and notes the place behind them together, so that a crash repeats at most one batch. Somebody known
 * is found again; nobody is made who must not be contacted. Refuses with `conflict`, importing nothing, when another
 * worker was faster or the import was cancelled.
 */
export const importFileRows = (ctx: CommandContext, batch: FileBatch): Promise<void> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { fileId, from, people, bad } = batch;
    const rows = people.length + bad;
    const turned = await tx
      .update(audienceFile)
      .set({
        rowsRead: from + rows,
        rowsGood: sql`${audienceFile.rowsGood} + ${people.length}`,
        rowsBad: sql`${audienceFile.rowsBad} + ${bad}`,
      })
      .where(
        and(
          eq(audienceFile.id, fileId),
          eq(audienceFile.status, 'importing'),
          eq(audienceFile.rowsRead, from),
        ),
      )
      .returning({ plan: audienceFile.plan, audienceId: audienceFile.audienceId });
    const { plan: stored, audienceId } = onlyRow(turned, 'conflict');
    const plan = filePlanSchema.parse(stored);
    const done =
      plan.into === 'audience' && audienceId
        ? await addMembers(tx, ctx, { ...batch, audienceId, basis: plan.basis })
        : await suppressPeople(tx, ctx, batch, plan);
    await tx.execute(sql`
      update audience_file set rows_repeated = rows_repeated + ${done.repeated},
        rows_suppressed = rows_suppressed + ${done.suppressed} where id = ${fileId}`);
    await keepFileInHand(tx, fileId);
    await appendEvent(tx, ctx, { kind: 'audience_file.progressed', payload: { fileId, rows: from + rows } });
    await appendAudit(tx, ctx, {
      action: 'audience_file.rows_imported',
      entityId: fileId,
      after: { from, rows, bad, ...done },
    });
  });

type Done = { repeated: number; suppressed: number };

const addMembers = async (
  tx: Tx,
  ctx: CommandContext,
  { people, fileId, audienceId, basis }: FileBatch & { audienceId: string; basis: string },
): Promise<Done> => {
  const unique = distinctPeople(people);
  const suppressed = await suppressedAmong(tx, unique);
  const rows = unique.filter((row) => !suppressed.has(row));
  await lockTypedPeople(tx, ctx.workspaceId);
  const members = await addFileMembers(tx, ctx, rows, { audienceId, basis, fileId });
  const barred = people.length - unique.length;
  return { repeated: barred + rows.length - members, suppressed: suppressed.size };
};

/** Whoever told us to stop, or the whole workspace suppresses; a single community's list is for its campaigns. */
const suppressedAmong = async (tx: Tx, people: readonly HashedRow[]): Promise<Set<HashedRow>> => {
  const [any] = await tx.execute(sql`select 1 from never_contact limit 1`);
  if (!any) return new Set();
  const found = await tx.execute<{ hash: string }>(sql`
    select encode(person_hash, 'hex') as hash
    from json_array_elements_text(${JSON.stringify(people.flatMap(({ hashes }) => hashes))}::json) as asked(value)
    join never_contact on person_hash = decode(value, 'hex') and scope <> 'community'`);
  const suppressed = new Set(found.map(({ hash }) => hash));
  return new Set(people.filter(({ hashes }) => hashes.some((hash) => suppressed.has(hash))));
};

const suppressPeople = async (
  tx: Tx,
  ctx: CommandContext,
  { people }: FileBatch,
  plan: FilePlan,
): Promise<Done> => {
  const reason = plan.into === 'suppression' ? plan.reason : '';
  const hashes = new Set(people.flatMap((row) => row.hashes));
  await lockSuppressions(tx, ctx.workspaceId, 'writes');
  const [added] = await tx.execute<{ rows: number }>(sql`
    with added as (
      insert into suppression (workspace_id, scope, person_hash, reason, created_at)
      select ${ctx.workspaceId}, 'workspace', decode(value, 'hex'), ${reason}, ${at(ctx.now)}
      from json_array_elements_text(${JSON.stringify([...hashes])}::json) as given(value)
      on conflict do nothing returning 1)
    select count(*)::int as rows from added`);
  return { repeated: hashes.size - (added?.rows ?? 0), suppressed: 0 };
};
