import { sql } from 'drizzle-orm';
import { defaultPolicy } from '#core/pacing/policy.ts';
import { pickAccount } from '#db/allocation.ts';
import type { Connection } from '#db/connect.ts';
import { inWorkspace } from '#db/context.ts';
import type { Bench } from './bench.ts';
import { openBenchDatabase } from './bench-database.ts';

const ACCOUNTS = 15_000;
const CHOICES = 400;
/** Invites of each account in the last day. */
const PAST = 10;

/** Choices of the best of 15,000 accounts a second, against reads of one account by its primary key. */
export async function openAllocate(): Promise<Bench> {
  const { migrator, measured, workspaceId, now, close } = await openBenchDatabase('usher_worker');
  try {
    const ids = await seed(migrator, workspaceId, now);
    const inTurn = async (
      choose: (tx: Parameters<typeof pickAccount>[0], turn: number) => Promise<unknown>,
    ) =>
      inWorkspace(measured.db, workspaceId, async (tx) => {
        const startedAt = performance.now();
        for (let turn = 0; turn < CHOICES; turn += 1) await choose(tx, turn);
        return (CHOICES * 1000) / (performance.now() - startedAt);
      });
    return {
      unit: 'choices/s',
      goal: 0.33,
      ours: () =>
        inTurn(async (tx) => {
          const chosen = await pickAccount(tx, { workspaceId, now }, defaultPolicy);
          if (!chosen) throw new Error('nobody was chosen');
        }),
      reference: () =>
        inTurn((tx, turn) =>
          tx.execute(sql`select * from account where id = ${ids[(turn * 37) % ids.length]}`),
        ),
      remarks: () => [`${ACCOUNTS} accounts with ${PAST} invites each in the last day`],
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function seed({ sql: client }: Connection, workspaceId: string, now: Date): Promise<string[]> {
  const at = now.toISOString();
  const rows = await client<{ id: string }[]>`
    insert into account (workspace_id, telegram_id, first_name, status, connected_at, used_at)
    select ${workspaceId}, n, 'Account ' || n, 'active', ${at}::timestamptz - interval '60 days',
      ${at}::timestamptz - n * interval '1 second'
    from generate_series(1, ${ACCOUNTS}) as n returning id`;
  await client`
    with place as (
      insert into community (workspace_id, reference, created_at) values (${workspaceId}, '@bench', ${at}) returning id
    ), crowd as (
      insert into audience (workspace_id, name, status, source, created_at)
      values (${workspaceId}, 'Bench', 'ready', '{}', ${at}) returning id
    ), plan as (
      insert into campaign (workspace_id, name, platform, mode, priority, status, community_id, audience_id, created_at)
      select ${workspaceId}, 'Bench', 'telegram', 'direct_add', 'normal', 'running', place.id, crowd.id, ${at}
      from place, crowd returning id
    ), one as (
      insert into person (workspace_id, first_name, is_bot, is_deleted, is_scam, is_premium, has_photo,
        is_admin_somewhere, last_seen, seen_at)
      values (${workspaceId}, 'One', false, false, false, false, false, false, 'recently', ${at}) returning id
    ), aim as (
      insert into target (workspace_id, campaign_id, person_id, basis, status, position)
      select ${workspaceId}, plan.id, one.id, 'opted_in', 'pending', 1 from plan, one returning id
    )
    insert into attempt (workspace_id, campaign_id, target_id, person_id, account_id, community_id, lease_token, status,
      started_at, deadline_at, counted_at)
    select ${workspaceId}, plan.id, aim.id, one.id, account.id, place.id, 1, 'returned', moment, moment, moment
    from account, plan, aim, one, place, generate_series(1, ${PAST}) as n,
      lateral (select ${at}::timestamptz - n * interval '2 hours' as moment) as past
    where account.workspace_id = ${workspaceId}`;
  await client`analyze`;
  return rows.map(({ id }) => id);
}
