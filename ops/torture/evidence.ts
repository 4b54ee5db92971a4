import type postgres from 'postgres';
import type { Play } from './play.ts';

/** What the database says at the end; people, chats and accounts by Telegram's ids. */
export type Evidence = {
  attempts: readonly {
    account: string;
    chat: string;
    person: string;
    /** Business time. */
    startedMs: number;
    countedMs: number | null;
  }[];
  targets: readonly {
    id: string;
    campaign: string;
    chat: string;
    person: string | null;
    status: string;
    reason: string | null;
    /** Final, or waiting with a reason and a time that a person can read. */
    isVisible: boolean;
    describe: string;
  }[];
  /** Business moment from which on nobody may invite the person, by id. */
  suppressed: ReadonlyMap<string, number>;
  /** How many targets each campaign has, whatever happens. */
  expected: ReadonlyMap<string, number>;
};

export async function readEvidence(
  sql: postgres.Sql,
  play: Play,
  suppressed: ReadonlyMap<string, number>,
): Promise<Evidence> {
  const attempts = await sql<
    { account: string; chat: string; person: string; from: Date; to: Date | null }[]
  >`
    select a.telegram_id as account, c.telegram_id as chat, p.telegram_id as person,
      t.started_at as from, t.counted_at as to
    from attempt t
    join account a on a.id = t.account_id
    join community c on c.id = t.community_id
    join person p on p.id = t.person_id
    order by t.started_at`;
  return {
    attempts: attempts.map(({ from, to, ...ids }) => ({
      ...ids,
      startedMs: from.getTime(),
      countedMs: to?.getTime() ?? null,
    })),
    targets: await readTargets(sql),
    suppressed,
    expected: new Map(play.campaigns.map(({ campaignId, targets }) => [campaignId, targets])),
  };
}

type TargetRow = {
  id: string;
  campaign: string;
  chat: string;
  person: string | null;
  status: string;
  reason: string | null;
  not_before: Date | null;
  campaign_status: string;
  because: string | null;
  /** When the next account of the campaign acts or comes back. */
  next_at: Date | null;
};

async function readTargets(sql: postgres.Sql): Promise<Evidence['targets']> {
  const rows = await sql<TargetRow[]>`
    select t.id, t.campaign_id as campaign, c.telegram_id as chat, p.telegram_id as person, t.status, t.reason,
      t.not_before, k.status as campaign_status, k.status_because as because,
      (select min(coalesce(a.next_slot_at, a.recovers_at)) from campaign_account ca join account a on a.id = ca.account_id
        where ca.campaign_id = k.id) as next_at
    from target t
    join campaign k on k.id = t.campaign_id
    join community c on c.id = k.community_id
    join person p on p.id = t.person_id`;
  return rows.map((row) => ({
    id: row.id,
    campaign: row.campaign,
    chat: row.chat,
    person: row.person,
    status: row.status,
    reason: row.reason,
    isVisible: isVisible(row),
    describe: `${row.status} (${row.reason}) in a ${row.campaign_status} campaign (${row.because})`,
  }));
}

const OPEN = ['pending', 'waiting', 'attempting'];

function isVisible({ status, reason, not_before, campaign_status, because, next_at }: TargetRow): boolean {
  if (!OPEN.includes(status)) return true;
  if (status === 'attempting') return false;
  if (campaign_status === 'paused') return because !== null;
  if (status === 'waiting' && reason && not_before) return true;
  return campaign_status === 'running' && next_at !== null;
}
