import { sql } from 'drizzle-orm';
import type { ParseCursor } from '#core/parsing/cursor.ts';
import type { Asked } from '#core/parsing/pace.ts';
import type { ParseProgress } from '#core/parsing/progress.ts';
import type { ChatRef, SeenPerson, TelegramId } from '#core/telegram/user-session.ts';
import { at, onlyRow, runInOneTrip } from '../command.ts';
import type { CommandContext } from '../context.ts';

/** What one page showed. */
export type ParsePage = {
  people: readonly SeenPerson[];
  /** Through which message a `min` person of the page can be addressed. */
  refs: readonly { telegramId: TelegramId; chat: ChatRef; messageId: number }[];
  admins: readonly TelegramId[];
  /** Messages of each author that count. */
  messages: ReadonlyMap<TelegramId, number>;
  /** Members or messages on the page. */
  seen: number;
  /** The page may show people of earlier ones: only the others count as seen. */
  mayRepeat: boolean;
  /** Of its messages those with a photo, a file or the like. */
  media: number;
  /** Of its messages those without a person as sender. */
  impersonal: number;
  /** Telegram's own count of what there is; null when it did not say. */
  total: number | null;
};

export type StoreParsePageInput = ParsePage & {
  taskId: string;
  accountId: string;
  leaseToken: number;
  /** Where the page after this one begins. */
  cursor: ParseCursor;
  /** The requests of the last minute, this page's included. */
  asked: Asked;
  nextPageAt: Date;
  /** What viewers are told; null when the page is no news. */
  news: ParseProgress | null;
};

/**
 * Stores a page and the place after it together, so that a crash repeats at most one page and collects nobody twice.
 * A `min` reference never replaces a full one. Two statements in one round trip, whatever the page's size.
 * `people` is everybody the task has found, `seen` all members or messages. Refuses with `conflict`, storing nothing, when the lease was lost or the task
 * is no longer this account's running task.
 */
export const storeParsePage = async (
  ctx: CommandContext,
  input: StoreParsePageInput,
): Promise<{ people: number; seen: number }> => {
  const rows = rowsOf(input);
  const [, stored] = await runInOneTrip(ctx, 'operator', [
    meetKnownUsernames(rows),
    storePage(ctx, input, JSON.stringify(rows)),
  ]);
  return onlyRow(stored as readonly { people: number; seen: number }[], 'conflict');
};

/** One row a person; the later sight of the same person on a page wins. What is absent is false or unknown. */
const rowsOf = ({ people, refs, admins, messages: counts }: StoreParsePageInput) => {
  const isAdmin = new Set(admins);
  const messages = new Map(refs.map((ref) => [ref.telegramId, ref]));
  const unique = new Map(people.map((person) => [person.telegramId, person]));
  return [...unique.values()].map((person, index) => ({
    n: index,
    telegram_id: person.telegramId,
    username: person.username?.toLowerCase(),
    first_name: person.firstName,
    last_name: person.lastName,
    last_seen: person.lastSeen,
    ...(person.isBot && { is_bot: true }),
    ...(person.isDeleted && { is_deleted: true }),
    ...(person.isScam && { is_scam: true }),
    ...(person.isPremium && { is_premium: true }),
    ...(person.hasPhoto && { has_photo: true }),
    ...(isAdmin.has(person.telegramId) && { is_admin: true }),
    ...(counts.has(person.telegramId) && { messages: counts.get(person.telegramId) }),
    ...addressOf(person, messages.get(person.telegramId)),
  }));
};

const addressOf = (person: SeenPerson, message: StoreParsePageInput['refs'][number] | undefined) => {
  if (person.accessHash !== undefined) return { ref_kind: 'full', access_hash: person.accessHash };
  if (!message) return {};
  const { kind, telegramId, accessHash } = message.chat;
  return {
    ref_kind: 'from_message',
    access_hash: accessHash,
    chat_kind: kind,
    chat_telegram_id: telegramId,
    message_id: message.messageId,
  };
};

/** A person typed by username becomes the person seen, instead of a second row. */
const meetKnownUsernames = (rows: ReturnType<typeof rowsOf>) => sql`
  update person set telegram_id = seen.telegram_id
  from json_to_recordset(${JSON.stringify(
    rows.flatMap(({ telegram_id, username }) => (username ? [{ telegram_id, username }] : [])),
  )}::json) as seen(telegram_id bigint, username text)
  where exists (select from person typed where typed.telegram_id is null)
    and person.telegram_id is null and person.username = seen.username
    and not exists (select from person twin where twin.telegram_id = seen.telegram_id)`;

const storePage = (ctx: CommandContext, input: StoreParsePageInput, page: string) => sql`
  with task as (
    select id, community_id, people_count, seen_count from parse_task
    where id = ${input.taskId} and account_id = ${input.accountId} and status = 'running'
      and exists (
        select from lease
        where account_id = ${input.accountId} and token = ${input.leaseToken} and until > clock_timestamp())
    for update
  ), seen as materialized (
    select n, telegram_id, username, first_name, last_name, coalesce(is_bot, false) as is_bot,
      coalesce(is_deleted, false) as is_deleted, coalesce(is_scam, false) as is_scam,
      coalesce(is_premium, false) as is_premium, coalesce(has_photo, false) as has_photo,
      coalesce(is_admin, false) as is_admin, coalesce(messages, 0) as messages, last_seen,
      ref_kind, access_hash, chat_kind, chat_telegram_id, message_id
    from json_to_recordset(${page}::json) as page(
      n int, telegram_id bigint, username text, first_name text, last_name text, is_bot boolean,
      is_deleted boolean, is_scam boolean, is_premium boolean, has_photo boolean, is_admin boolean,
      messages int, last_seen last_seen, ref_kind peer_ref_kind, access_hash bigint, chat_kind community_kind,
      chat_telegram_id bigint, message_id int), task
  ), met as (
    insert into person as known (
      workspace_id, telegram_id, username, first_name, last_name, is_bot, is_deleted, is_scam, is_premium, has_photo,
      is_admin_somewhere, last_seen, seen_at)
    select ${ctx.workspaceId}, telegram_id, username, first_name, last_name, is_bot, is_deleted, is_scam, is_premium,
      has_photo, is_admin, last_seen, ${at(ctx.now)}
    from seen
    on conflict (workspace_id, telegram_id) do update set
      username = coalesce(excluded.username, known.username),
      first_name = excluded.first_name,
      last_name = excluded.last_name,
      is_bot = excluded.is_bot,
      is_deleted = excluded.is_deleted,
      is_scam = excluded.is_scam,
      is_premium = excluded.is_premium,
      has_photo = excluded.has_photo,
      is_admin_somewhere = known.is_admin_somewhere or excluded.is_admin_somewhere,
      last_seen = case excluded.last_seen when 'unknown' then known.last_seen else excluded.last_seen end,
      seen_at = excluded.seen_at
    returning id, telegram_id
  ), sighted as (
    insert into sighting as known (
      person_id, parse_task_id, workspace_id, community_id, account_id, ordinal, message_count, at)
    select met.id, task.id, ${ctx.workspaceId}, task.community_id, ${input.accountId}, task.people_count + seen.n,
      seen.messages, ${at(ctx.now)}
    from met join seen using (telegram_id), task
    on conflict (parse_task_id, person_id) do update set
      message_count = known.message_count + excluded.message_count
    where excluded.message_count > 0
    returning xmax = 0 as is_new
  ), referred as (
    insert into peer_ref as known (
      account_id, person_id, workspace_id, kind, access_hash, chat_kind, chat_telegram_id, message_id)
    select ${input.accountId}, met.id, ${ctx.workspaceId}, seen.ref_kind, seen.access_hash, seen.chat_kind,
      seen.chat_telegram_id, seen.message_id
    from met join seen using (telegram_id)
    where seen.ref_kind is not null
    on conflict (account_id, person_id) do update set
      kind = excluded.kind,
      access_hash = excluded.access_hash,
      chat_kind = excluded.chat_kind,
      chat_telegram_id = excluded.chat_telegram_id,
      message_id = excluded.message_id
    where (excluded.kind = 'full' or known.kind <> 'full')
      and (known.kind, known.access_hash, known.message_id)
        is distinct from (excluded.kind, excluded.access_hash, excluded.message_id)
  ), fresh as (
    select count(*)::int as people from sighted where is_new
  ), turned as (
    update parse_task set
      cursor = ${JSON.stringify(input.cursor)}::jsonb,
      asked = ${JSON.stringify(input.asked)}::jsonb,
      seen_count = task.seen_count + case when ${input.mayRepeat} then fresh.people else ${input.seen}::int end,
      media_count = parse_task.media_count + ${input.media},
      impersonal_count = parse_task.impersonal_count + ${input.impersonal},
      total_count = coalesce(${input.total}::int, parse_task.total_count),
      people_count = task.people_count + fresh.people,
      next_page_at = ${at(input.nextPageAt)},
      failures_in_row = 0
    from task, fresh where parse_task.id = task.id
    returning parse_task.id, parse_task.people_count, parse_task.seen_count, parse_task.media_count,
      parse_task.total_count
  ), told as (
    insert into outbox (workspace_id, kind, payload, at)
    select ${ctx.workspaceId}, 'parse_task.progressed', jsonb_build_object(
      'taskId', id, 'people', people_count, 'seen', seen_count, 'media', media_count, 'total', total_count)
      || ${JSON.stringify(input.news)}::jsonb, ${at(ctx.now)}
    from turned where ${input.news !== null}
  ), audited as (
    insert into audit (workspace_id, actor, action, entity_id, after, at)
    select ${ctx.workspaceId}, ${JSON.stringify(ctx.actor)}::jsonb, 'parse_task.page_stored', id,
      jsonb_build_object('people', people_count, 'seen', seen_count), ${at(ctx.now)}
    from turned
  )
  select people_count as people, seen_count as seen from turned`;
