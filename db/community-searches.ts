import { sql } from 'drizzle-orm';
import { readFoundAt } from '#core/community/search.ts';
import { DAY_MS, later } from '#core/duration.ts';
import type { ListedCommunity } from '#core/telegram/user-session.ts';
import { allocateAccount } from './allocation.ts';
import { at } from './command.ts';
import type { CommandContext, Tx } from './context.ts';

/** When the account asked for communities in the last day. */
export const listSearchCalls = async (
  tx: Pick<Tx, 'execute'>,
  accountId: string,
  now: Date,
): Promise<Date[]> => {
  const rows = await tx.execute<{ asked_at: string }>(sql`
    select asked_at from search_call where account_id = ${accountId} and asked_at >= ${at(later(now, -DAY_MS - 1))}`);
  return rows.map((row) => new Date(row.asked_at));
};

/** Searches that an account was to make are made by another one, where there is one that can. */
export const moveSearches = async (tx: Tx, ctx: CommandContext, accountId: string): Promise<void> => {
  const searches = await tx.execute<{ id: string; like_id: string | null }>(sql`
    select id, like_id from community_search
    where account_id = ${accountId} and status = 'waiting' and kind in ('words', 'similar') for update`);
  for (const { id, like_id: communityId } of searches) {
    const nextId = communityId
      ? await findReader(tx, { communityId, without: accountId })
      : await allocateAccount(tx, ctx, { without: accountId });
    if (nextId) {
      await tx.execute(sql`
        update community_search set account_id = ${nextId}, search_at = ${at(ctx.now)} where id = ${id}`);
    }
  }
};

/** An account at work that can address the community already; undefined when there is none. */
export const findReader = async (
  tx: Tx,
  { communityId, without = null }: { communityId: string; without?: string | null },
): Promise<string | undefined> => {
  const [row] = await tx.execute<{ id: string }>(sql`
    select a.id from community_access x join account a on a.id = x.account_id
    where x.community_id = ${communityId} and x.access_hash is not null and a.status = 'active'
      and a.id is distinct from ${without}::uuid
    order by a.used_at nulls first limit 1`);
  return row?.id;
};

/** What was read within this time is not read again because a search found it. */
const freshMs = DAY_MS;

/**
 * Keeps what an account found, in its order: communities that are new to the workspace, how this account addresses each,
 * and the wish to read what nobody has read lately, one after the other. Answers how many there are.
 */
export const saveFound = async (
  tx: Tx,
  ctx: CommandContext,
  found: { searchId: string; accountId: string; communities: readonly ListedCommunity[] },
): Promise<number> => {
  const unique = new Map(found.communities.map((one) => [one.telegramId, one]));
  const rows = JSON.stringify(
    [...unique.values()].map((one, position) => ({
      position,
      telegram_id: one.telegramId,
      access_hash: one.accessHash,
      kind: one.kind,
      title: one.title,
      username: one.username ?? null,
      members_count: one.membersCount ?? null,
      read_at: readFoundAt(ctx.now, position).toISOString(),
    })),
  );
  await tx.execute(meetReferences(rows));
  const saved = await tx.execute(sql`
    with found as materialized (select * from ${asFound(rows)}), met as (
      insert into community as known (
        workspace_id, reference, telegram_id, kind, title, username, members_count, mark, created_at)
      select ${ctx.workspaceId},
        case when found.username is null or exists (
          select from community other where other.reference = '@' || lower(found.username))
          then (case kind when 'group' then '-' else '-100' end) || telegram_id
          else '@' || lower(found.username) end,
        telegram_id, kind, title, username, members_count, 'found', ${at(ctx.now)}
      from found
      on conflict (workspace_id, telegram_id) do update set
        title = excluded.title,
        username = excluded.username,
        members_count = coalesce(excluded.members_count, known.members_count)
      returning id, telegram_id, checked_at
    ), addressed as (
      insert into community_access as known (account_id, community_id, workspace_id, access_hash, check_at)
      select ${found.accountId}, met.id, ${ctx.workspaceId}, found.access_hash,
        case when met.checked_at > ${at(later(ctx.now, -freshMs))} then null else found.read_at end
      from found join met using (telegram_id)
      on conflict (account_id, community_id) do update set
        access_hash = excluded.access_hash,
        check_at = coalesce(known.check_at, excluded.check_at)
    )
    insert into community_hit (search_id, community_id, workspace_id, position)
    select ${found.searchId}, met.id, ${ctx.workspaceId}, found.position from found join met using (telegram_id)
    on conflict do nothing
    returning community_id`);
  return saved.length;
};

/** A community that was named and never read becomes the one that was found, instead of a second row. */
const meetReferences = (rows: string) => sql`
  update community set telegram_id = found.telegram_id, kind = found.kind
  from ${asFound(rows)}
  where community.telegram_id is null and community.reference = '@' || lower(found.username)
    and not exists (select from community twin where twin.telegram_id = found.telegram_id)`;

const asFound = (rows: string) => sql`
  json_to_recordset(${rows}::json) as found(
    position int, telegram_id bigint, access_hash bigint, kind community_kind, title text, username text,
    members_count int, read_at timestamptz)`;
