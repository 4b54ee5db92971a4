import { sql } from 'drizzle-orm';
import { createCampaign } from '#db/commands/create-campaign.ts';
import { requestAudience } from '#db/commands/request-audience.ts';
import { requestCommunity } from '#db/commands/request-community.ts';
import { startCampaign } from '#db/commands/start-campaign.ts';
import { createHashPerson } from '#db/person-hash.ts';
import { type CampaignReport, getCampaignReport } from '#db/queries/get-campaign-report.ts';
import type { RpcLine } from '#sandbox/ledger/lines.ts';
import { addChat } from '#sandbox/world/commands/add-chat.ts';
import { addUser, type NewUser } from '#sandbox/world/commands/add-user.ts';
import type { User } from '#sandbox/world/types.ts';
import { suppressionKey } from './keys.ts';
import type { Stage } from './stage.ts';

export type TestCampaign = { campaignId: string; chatId: string; people: User[] };

let named = 0;

/**
 * A running campaign of the accounts into a club they administer, for people known by phone where they have one, else by
 * username.
 */
export async function runCampaign(
  stage: Stage,
  accounts: readonly { accountId: string; userId: string }[],
  people: readonly Partial<NewUser>[],
): Promise<TestCampaign> {
  const draft = await draftCampaign(stage, accounts, people);
  await startDraft(stage, draft);
  return draft;
}

export const startDraft = (stage: Stage, { campaignId }: TestCampaign) =>
  startCampaign(stage.context(), { campaignId, hashPerson: createHashPerson(suppressionKey) });

/** The same campaign before its start, its club read by the accounts. */
export async function draftCampaign(
  stage: Stage,
  accounts: readonly { accountId: string; userId: string }[],
  people: readonly Partial<NewUser>[],
): Promise<TestCampaign> {
  named += 1;
  const { world } = stage.telegram;
  const users = people.map((fields, n) =>
    addUser(world, { firstName: `Guest ${n}`, username: `guest_${named}_${n}`, ...fields }),
  );
  const club = addChat(world, {
    kind: 'supergroup',
    title: 'Club',
    username: `club_${named}`,
    admins: accounts.map(({ userId }) => ({ user: userId, rights: { inviteUsers: true } })),
  });
  const { audienceId } = await requestAudience(stage.context(), {
    name: `Guests ${named}`,
    source: {
      typed: users.map((user, n) => ({
        line: n + 1,
        text: user.phone ? `+${user.phone}` : `@${user.username}`,
      })),
      typedBasis: 'opted_in',
    },
  });
  await stage.event('audience.built', (payload) => payload.audienceId === audienceId);
  const { communityId } = await requestCommunity(stage.context(), { reference: `@club_${named}` });
  const accountIds = accounts.map(({ accountId }) => accountId);
  const { campaignId } = await createCampaign(stage.context(), {
    name: `Campaign ${named}`,
    mode: 'direct_add',
    priority: 'normal',
    communityId,
    audienceId,
    accountIds,
  });
  await stage.until(async () => {
    const [open] = await stage.db.owner.execute(
      sql`select 1 from community_access where community_id = ${communityId} and check_at is not null`,
    );
    return open ? undefined : true;
  });
  return { campaignId, chatId: club.id, people: users };
}

export const reportOf = (stage: Stage, campaignId: string): Promise<CampaignReport> =>
  getCampaignReport({ db: stage.db.app, workspaceId: stage.workspaceId }, { campaignId });

/** Invites into a chat as Telegram's side saw them. */
export const invitesInto = (stage: Stage, chatId: string): RpcLine[] =>
  stage.telegram.ledger
    .entries()
    .filter((line) => line.kind === 'rpc')
    .filter((line) => line.method === 'channels.inviteToChannel' && line.chat === chatId);
