import { eq, sql } from 'drizzle-orm';
import type { AccountStatus } from '#core/statuses.ts';
import type { ChatRef, CommunityKind } from '#core/telegram/user-session.ts';
import type { Tx } from './context.ts';
import { account } from './schema/accounts.ts';

export type LaneAccount = {
  id: string;
  status: AccountStatus;
  recoversAt: Date | null;
  connectedAt: Date;
  peerFloods: Date[];
};

/** Locks the account: whoever decides about its next call waits here for the one before. */
export const lockAccount = async (tx: Tx, accountId: string): Promise<LaneAccount | undefined> => {
  const [row] = await tx
    .select({
      id: account.id,
      status: account.status,
      recoversAt: account.recoversAt,
      connectedAt: account.connectedAt,
      peerFloods: account.peerFloods,
    })
    .from(account)
    .where(eq(account.id, accountId))
    .for('no key update');
  return row;
};

/** One running campaign that the account may invite for. */
export type LaneCampaign = { campaignId: string; communityId: string; chat: ChatRef };

type Row = {
  campaign_id: string;
  community_id: string;
  kind: CommunityKind;
  telegram_id: string;
  access_hash: string;
};

/** The account's running campaigns: by priority, then the one its lane has not served for longest, then the oldest. */
export const listLaneCampaigns = async (tx: Tx, accountId: string): Promise<LaneCampaign[]> => {
  const rows = await tx.execute<Row>(sql`
    select c.id as campaign_id, m.id as community_id, m.kind, m.telegram_id, x.access_hash
    from campaign_account ca
    join campaign c on c.id = ca.campaign_id and c.status = 'running'
    join community m on m.id = c.community_id
    join community_access x on x.community_id = m.id and x.account_id = ca.account_id
    where ca.account_id = ${accountId} and x.may_invite and x.access_hash is not null and m.telegram_id is not null
    order by c.priority, ca.served_at nulls first, c.created_at, c.id`);
  return rows.map((row) => ({
    campaignId: row.campaign_id,
    communityId: row.community_id,
    chat: { kind: row.kind, telegramId: row.telegram_id, accessHash: row.access_hash },
  }));
};

/**
 * Locks the communities in one order, so that the window all accounts share is read and used by one at a time. Always
 * after the account, never before.
 */
export const lockCommunities = async (tx: Tx, communityIds: readonly string[]): Promise<void> => {
  await tx.execute(sql`
    select id from community
    where id in (select value::uuid from json_array_elements_text(${JSON.stringify(communityIds)}::json) as asked(value))
    order by id for no key update`);
};
