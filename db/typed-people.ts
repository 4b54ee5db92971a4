import { type SQL, sql } from 'drizzle-orm';
import { type Identifier, parseIdentifier } from '#core/audience/identifier.ts';
import { phoneEnding } from '#core/audience/phone.ts';
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

type TypedPerson = {
  line: number;
  telegram_id: string | null;
  username: string | null;
  phone: string | null;
  /** Until somebody is seen. */
  name: string;
};

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
  const rows = sql`json_to_recordset(${JSON.stringify(people)}::json)
    as typed(line int, telegram_id bigint, username text, phone text, name text)`;
  await lockTypedPeople(tx, ctx.workspaceId);
  await tx.execute(addUnknownPeople(ctx, rows));
  await tx.execute(sql`
    update person set phone_leads_nowhere = false from ${rows}
    where typed.phone is not null and person.phone = typed.phone and person.phone_leads_nowhere`);
  await tx.execute(sql`
    insert into audience_member (audience_id, person_id, workspace_id, basis, position, origin)
    select ${audienceId}, p.id, ${ctx.workspaceId}, ${typedBasis}::basis, min(typed.line), 'typed'
    from ${rows}
    join lateral (
      select id from person
      where ${isTyped}
      order by seen_at desc, id limit 1) as p on true
    group by p.id
    on conflict do nothing`);
  return rejects;
};

const isTyped = sql`(person.telegram_id = typed.telegram_id or person.username = typed.username
  or person.phone = typed.phone)`;

const readTyped = (typed: AudienceSource['typed']): { people: TypedPerson[]; rejects: Reject[] } => {
  const people: TypedPerson[] = [];
  const rejects: Reject[] = [];
  for (const { line, text } of typed) {
    const identifier = parseIdentifier(text);
    if (!identifier.ok) rejects.push({ line, text, reason: identifier.refusal.code });
    else people.push({ line, ...typedPerson(identifier.value) });
  }
  return { people, rejects };
};

const typedPerson = (given: Identifier): Omit<TypedPerson, 'line'> => {
  const nothing = { telegram_id: null, username: null, phone: null };
  switch (given.kind) {
    case 'telegram_id':
      return { ...nothing, telegram_id: given.telegramId, name: given.telegramId };
    case 'username':
      return { ...nothing, username: given.username, name: given.username };
    case 'phone':
      return { ...nothing, phone: given.phone, name: phoneEnding(given.phone) };
  }
};

const addUnknownPeople = (ctx: CommandContext, rows: SQL) => sql`
  insert into person (workspace_id, telegram_id, username, phone, first_name, is_bot, is_deleted, is_scam, is_premium,
    has_photo, is_admin_somewhere, last_seen, seen_at)
  select distinct ${ctx.workspaceId}::uuid, telegram_id, username, phone, name, false, false, false, false,
    false, false, 'unknown'::last_seen, ${at(ctx.now)}
  from ${rows}
  where not exists (select from person where ${isTyped})
  on conflict do nothing`;
