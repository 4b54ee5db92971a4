import { sql } from 'drizzle-orm';
import { parseIdentifier } from '#core/audience/identifier.ts';
import type { AudienceSource } from '#core/audience/source.ts';
import { at } from './command.ts';
import type { CommandContext, Tx } from './context.ts';

/** A typed row that names nobody: its line, its text and the refusal code that says why. */
export type Reject = { line: number; text: string; reason: string };

/** Two lists that name the same unknown person, built at once, would make two people of one. */
const typedPeopleLock = 7_261_003;

/** Whoever makes people of what was typed does it alone in the workspace, until the end of the transaction. */
export const lockTypedPeople = async (tx: Tx, workspaceId: string): Promise<void> => {
  await tx.execute(sql`select pg_advisory_xact_lock(hashtextextended(${workspaceId}, ${typedPeopleLock}))`);
};

type TypedPerson = { line: number; telegram_id: string | null; username: string | null };

/**
 * Makes the typed people members of the audience, in the order of their lines, and answers the rows it could not use.
 * Somebody unknown becomes a person known by what was typed alone; a person seen before is found again.
 */
export const addTypedPeople = async (
  tx: Tx,
  ctx: CommandContext,
  audienceId: string,
  { typed, typedBasis }: AudienceSource,
): Promise<Reject[]> => {
  const { people, rejects } = readTyped(typed);
  if (people.length === 0) return rejects;
  const rows = JSON.stringify(people);
  await lockTypedPeople(tx, ctx.workspaceId);
  await tx.execute(addUnknownPeople(ctx, rows));
  await tx.execute(sql`
    insert into audience_member (audience_id, person_id, workspace_id, basis, position, origin)
    select ${audienceId}, p.id, ${ctx.workspaceId}, ${typedBasis}::basis, min(typed.line), 'typed'
    from json_to_recordset(${rows}::json) as typed(line int, telegram_id bigint, username text)
    join lateral (
      select id from person
      where person.telegram_id = typed.telegram_id or person.username = typed.username
      order by seen_at desc, id limit 1) as p on true
    group by p.id
    on conflict do nothing`);
  return rejects;
};

const readTyped = (typed: AudienceSource['typed']): { people: TypedPerson[]; rejects: Reject[] } => {
  const people: TypedPerson[] = [];
  const rejects: Reject[] = [];
  for (const { line, text } of typed) {
    const identifier = parseIdentifier(text);
    if (!identifier.ok) rejects.push({ line, text, reason: identifier.refusal.code });
    else if (identifier.value.kind === 'phone')
      rejects.push({ line, text, reason: 'target.phone_not_supported' });
    else if (identifier.value.kind === 'username')
      people.push({ line, telegram_id: null, username: identifier.value.username });
    else people.push({ line, telegram_id: identifier.value.telegramId, username: null });
  }
  return { people, rejects };
};

const addUnknownPeople = (ctx: CommandContext, rows: string) => sql`
  insert into person (workspace_id, telegram_id, username, first_name, is_bot, is_deleted, is_scam, is_premium,
    has_photo, is_admin_somewhere, last_seen, seen_at)
  select distinct ${ctx.workspaceId}::uuid, telegram_id, username, coalesce(username, telegram_id::text), false, false,
    false, false, false, false, 'unknown'::last_seen, ${at(ctx.now)}
  from json_to_recordset(${rows}::json) as typed(line int, telegram_id bigint, username text)
  where not exists (
    select from person p where p.telegram_id = typed.telegram_id or p.username = typed.username)
  on conflict do nothing`;
