import { and, eq, sql } from 'drizzle-orm';
import { type FilePlan, filePlanSchema } from '#core/audience/file-plan.ts';
import type { FilePerson } from '#core/audience/file-reading.ts';
import { appendAudit, at, onlyRow, runCommand } from '../command.ts';
import type { CommandContext, Tx } from '../context.ts';
import { keepFileInHand } from '../file-work.ts';
import { appendEvent } from '../outbox.ts';
import type { HashPerson } from '../person-hash.ts';
import { audienceFile } from '../schema/files.ts';
import { lockSuppressions } from '../suppressions.ts';
import { lockTypedPeople } from '../typed-people.ts';

export type FileBatch = {
  fileId: string;
  /** Rows of the file that were imported before this batch. */
  from: number;
  people: readonly (FilePerson & { line: number })[];
  /** Rows of the batch that name nobody. */
  bad: number;
  hashPerson: HashPerson;
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
type Row = FilePerson & { line: number };

const addMembers = async (
  tx: Tx,
  ctx: CommandContext,
  { people, fileId, hashPerson, audienceId, basis }: FileBatch & { audienceId: string; basis: string },
): Promise<Done> => {
  const unique = distinct(people);
  const suppressed = await suppressedAmong(tx, unique, hashPerson);
  const rows = unique.filter((row) => !suppressed.has(row));
  const json = JSON.stringify(
    rows.map(({ line, telegramId, username, firstName, lastName }) => ({
      ...{ l: line, i: telegramId, u: username, f: firstName, s: lastName },
    })),
  );
  const given = sql`json_to_recordset(${json}::json) as row(l int, i bigint, u text, f text, s text)`;
  await lockTypedPeople(tx, ctx.workspaceId);
  await tx.execute(sql`
    update person set telegram_id = i from ${given}
    where exists (select from person nameless where nameless.telegram_id is null)
      and i is not null and person.telegram_id is null and person.username = u
      and not exists (select from person twin where twin.telegram_id = i)`);
  await tx.execute(sql`
    insert into person (workspace_id, telegram_id, username, first_name, last_name, is_bot, is_deleted, is_scam,
      is_premium, has_photo, is_admin_somewhere, last_seen, seen_at)
    select ${ctx.workspaceId}::uuid, i, u, coalesce(f, u, i::text), s, false, false, false, false, false, false,
      'unknown'::last_seen, ${at(ctx.now)}
    from ${given}
    where case when i is null
      then not exists (select from person known where known.username = u)
      else not exists (select from person known where known.telegram_id = i) end
    on conflict do nothing`);
  const [added] = await tx.execute<{ members: number }>(sql`
    with added as (
      insert into audience_member (audience_id, person_id, workspace_id, basis, position, origin, origin_id)
      select ${audienceId}, p.id, ${ctx.workspaceId}, ${basis}::basis, l, 'file', ${fileId}::uuid
      from ${given}
      join lateral (
        select id from person where i is not null and telegram_id = i
        union all
        (select id from person where i is null and username = u order by seen_at desc, id limit 1)
      ) as p on true
      on conflict do nothing
      returning 1)
    select count(*)::int as members from added`);
  const barred = people.length - unique.length;
  const members = added?.members ?? 0;
  return { repeated: barred + rows.length - members, suppressed: suppressed.size };
};

/** The first row of each person; a username that stands beside an id elsewhere in the batch is that person. */
const distinct = (people: readonly Row[]): Row[] => {
  const ids = new Set<string>();
  const names = new Set(
    people.flatMap(({ telegramId, username }) => (telegramId && username ? [username] : [])),
  );
  return people.filter(({ telegramId, username }) => {
    const [seen, key] = telegramId ? [ids, telegramId] : [names, username ?? ''];
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
};

/** Whoever told us to stop, or the whole workspace suppresses; a single community's list is for its campaigns. */
const suppressedAmong = async (tx: Tx, people: readonly Row[], hashPerson: HashPerson): Promise<Set<Row>> => {
  const [any] = await tx.execute(sql`select 1 from never_contact limit 1`);
  if (!any) return new Set();
  const byHash = new Map(
    people.flatMap((row) => hashPerson(row).map((hash) => [hash.toString('hex'), row] as const)),
  );
  const found = await tx.execute<{ hash: string }>(sql`
    select encode(person_hash, 'hex') as hash
    from json_array_elements_text(${JSON.stringify([...byHash.keys()])}::json) as asked(value)
    join never_contact on person_hash = decode(value, 'hex') and scope <> 'community'`);
  return new Set(found.flatMap(({ hash }) => byHash.get(hash) ?? []));
};

const suppressPeople = async (
  tx: Tx,
  ctx: CommandContext,
  { people, hashPerson }: FileBatch,
  plan: FilePlan,
): Promise<Done> => {
  const reason = plan.into === 'suppression' ? plan.reason : '';
  const hashes = new Set(people.flatMap((row) => hashPerson(row).map((hash) => hash.toString('hex'))));
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
