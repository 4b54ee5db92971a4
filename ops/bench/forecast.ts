import type { Actor } from '#core/roles.ts';
import type { Connection } from '#db/connect.ts';
import type { CommandContext } from '#db/context.ts';
import { getForecast } from '#db/queries/get-forecast.ts';
import { median, type TimedBench } from './bench.ts';
import { openBenchDatabase } from './bench-database.ts';

const ACCOUNTS = 500;
const TARGETS = 100_000;
/** Invites of each account in the last day, into another community, so that its windows are not empty. */
const PAST = 10;

/**
 * The time from the question to the answer for a campaign of 100,000 people over 500 accounts, each of whom one account
 * reaches: rows read from Postgres, then every invite until the end run forward.
 */
export async function openForecast(): Promise<TimedBench> {
  const { migrator, measured, workspaceId, operatorId, now, close } = await openBenchDatabase('usher_app');
  try {
    const actor: Actor = { kind: 'operator', operatorId, role: 'viewer' };
    const ctx: CommandContext = { db: measured.db, actor, workspaceId, now };
    const campaignId = await seed(migrator, workspaceId, now);
    const told: string[] = [];
    const invites: number[] = [];
    return {
      unit: 'ms',
      goal: 2000,
      async ours() {
        const startedAt = performance.now();
        const forecast = await getForecast(ctx, { campaignId });
        const ms = performance.now() - startedAt;
        if (!forecast) throw new Error('the campaign has ended');
        told.push(`ends ${forecast.finishesAt?.toISOString()}, bound by ${forecast.binding?.because}`);
        invites.push(forecast.invites);
        return ms;
      },
      remarks: () => [`${median(invites)} invites foretold; ${told.at(-1)}`],
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Rows as workers would have left them, written at once. */
async function seed({ sql }: Connection, workspaceId: string, now: Date): Promise<string> {
  const at = now.toISOString();
  const [made] = await sql<{ campaign_id: string }[]>`
    with place as (
      insert into community (workspace_id, reference, created_at) values (${workspaceId}, '@bench', ${at}) returning id
    ), another as (
      insert into community (workspace_id, reference, created_at) values (${workspaceId}, '@another', ${at})
    ), crowd as (
      insert into audience (workspace_id, name, status, source, created_at)
      values (${workspaceId}, 'Bench', 'ready', '{}', ${at}) returning id
    )
    insert into campaign (workspace_id, name, platform, mode, priority, status, community_id, audience_id, created_at, started_at)
    select ${workspaceId}, 'Bench', 'telegram', 'direct_add', 'normal', 'running', place.id, crowd.id, ${at}, ${at}
    from place, crowd returning id as campaign_id`;
  if (!made) throw new Error('insert gave no row');
  const campaignId = made.campaign_id;
  await sql`
    insert into account (workspace_id, telegram_id, first_name, status, connected_at)
    select ${workspaceId}, n, 'Account ' || n, 'active', ${at}::timestamptz - n * interval '1 hour'
    from generate_series(1, ${ACCOUNTS}::int) as n`;
  await sql`
    insert into campaign_account (campaign_id, account_id, workspace_id)
    select ${campaignId}, id, workspace_id from account`;
  await sql`
    insert into person (workspace_id, telegram_id, first_name, is_bot, is_deleted, is_scam, is_premium, has_photo,
      is_admin_somewhere, last_seen, seen_at)
    select ${workspaceId}, 1000000 + n, 'Person ' || n, false, false, false, false, true, false, 'recently', ${at}
    from generate_series(1, ${TARGETS}::int) as n`;
  await sql`
    insert into target (workspace_id, campaign_id, person_id, basis, status, position)
    select workspace_id, ${campaignId}, id, 'existing_member', 'pending', telegram_id::int from person`;
  await sql`
    insert into peer_ref (workspace_id, account_id, person_id, kind, access_hash)
    select p.workspace_id, a.id, p.id, 'full', 1
    from person p join account a on a.telegram_id = p.telegram_id % ${ACCOUNTS}::int + 1`;
  await sql`
    insert into attempt (workspace_id, campaign_id, target_id, person_id, account_id, community_id, lease_token, status,
      started_at, deadline_at, counted_at)
    select a.workspace_id, c.id, t.id, t.person_id, a.id, another.id, 1, 'returned', made.at, made.at, made.at
    from account a
    join campaign c on c.id = ${campaignId}
    join community another on another.reference = '@another'
    join target t on t.position = 1000000 + a.telegram_id
    cross join lateral (
      select ${at}::timestamptz - n * interval '2 hours' as at from generate_series(1, ${PAST}::int) as n) as made`;
  await sql`analyze`;
  return campaignId;
}
