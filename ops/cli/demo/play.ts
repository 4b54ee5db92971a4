import type { Actor } from '#core/roles.ts';
import { acknowledgeCollected } from '#db/commands/acknowledge-collected.ts';
import { addMember } from '#db/commands/add-member.ts';
import { claimWorkspace } from '#db/commands/claim-workspace.ts';
import { createParseTask } from '#db/commands/create-parse-task.ts';
import { requestCommunity } from '#db/commands/request-community.ts';
import { suppressPerson } from '#db/commands/suppress-person.ts';
import type { CommandContext } from '#db/context.ts';
import { createHashPerson } from '#db/person-hash.ts';
import { type CampaignDetail, getCampaign } from '#db/queries/get-campaign.ts';
import { listParseTasks, type ParseTaskItem } from '#db/queries/list-parse-tasks.ts';
import { launchCampaign, makeAudience } from '../launch-campaign.ts';
import { waitUntil } from '../wait-until.ts';
import { connectAccounts } from './connect-accounts.ts';
import { DemoFailed } from './demo-failed.ts';
import { EARLY_GUESTS, GUESTS, REGRETTING_GUEST, typedRows } from './guests.ts';
import type { Stage } from './stage.ts';

/** What the play tells while it goes on. */
export type PlayEvents = {
  onAccounts(connected: number, total: number): void;
  onParse(tasks: readonly ParseTaskItem[]): void;
  onCampaign(campaign: CampaignDetail): void;
};

export type Played = {
  campaignId: string;
  workspaceId: string;
  /** Rows of the typed list that name nobody. */
  rejects: readonly { line: number; text: string; reason: string }[];
};

/**
 * Does what a team would do in its first minutes, and follows the campaign until it is finished. Everything goes the
 * product's own ways: commands and queries, sign-ins over the wire, messages to the bot.
 */
export async function play(stage: Stage, collectedLimit: number, events: PlayEvents): Promise<Played> {
  const { cast, control } = stage;
  const context = await claim(stage);
  await control.seed({ users: GUESTS.map((username) => ({ firstName: nameOf(username), username })) });
  for (const guest of EARLY_GUESTS) await control.join(guest, `@${cast.chats.target.username}`);

  let connected = 0;
  const accountIds = await connectAccounts(stage, context, () => {
    connected += 1;
    events.onAccounts(connected, cast.accounts.length);
  });
  for (const person of [cast.owner, cast.operator]) {
    await control.write(person.id, { bot: cast.bot.id, text: '/start' });
    await control.write(person.id, { bot: cast.bot.id, text: '/status' });
  }
  const taskIds = await collect(stage, context, accountIds, events);
  const { audienceId, rejects } = await makeAudience(context, {
    name: 'Gardeners',
    source: { taskIds, limit: collectedLimit, typed: typedRows(), typedBasis: 'opted_in' },
  });
  const hashPerson = createHashPerson(stage.workerConfig.suppressionKey);
  await acknowledgeCollected(context(), { text: 'These people know our community and may be invited.' });
  await suppressPerson(context(), {
    person: { username: REGRETTING_GUEST },
    scope: 'workspace',
    reason: 'asked not to be contacted',
    hashPerson,
  });
  const campaignId = await launchCampaign(context, {
    name: 'Welcome, gardeners',
    reference: `@${cast.chats.target.username}`,
    audienceId,
    accountIds,
    hashPerson,
  });
  await follow(context, campaignId, events);
  return { campaignId, workspaceId: context().workspaceId, rejects };
}

const nameOf = (username: string): string =>
  username.charAt(0).toUpperCase() + username.slice(1).split('_')[0]?.slice(1);

/** The owner's workspace, with a second operator in it; everything further is done in the owner's name. */
async function claim({ cast, app, migrator, clock }: Stage): Promise<() => CommandContext> {
  const { owner, operator } = cast;
  const { workspaceId, operatorId } = await claimWorkspace(migrator.db, {
    name: cast.chats.target.title,
    owner: { telegramId: owner.id, firstName: owner.firstName, username: owner.username, language: 'ru' },
    now: clock.now(),
  });
  const actor: Actor = { kind: 'operator', operatorId, role: 'owner' };
  const context = () => ({ db: app.db, actor, workspaceId, now: clock.now() });
  await addMember(context(), {
    telegramId: operator.id,
    firstName: operator.firstName,
    username: operator.username,
    language: 'en',
    role: 'operator',
  });
  return context;
}

/** The members of the club and the commenters of the news, each read by an account of its own at the same time. */
async function collect(
  { cast }: Stage,
  context: () => CommandContext,
  accountIds: readonly string[],
  events: PlayEvents,
): Promise<string[]> {
  const orders = [
    { reference: `@${cast.chats.gardenClub.username}`, source: 'members' },
    { reference: `@${cast.chats.cityNews.username}`, source: 'commenters' },
  ] as const;
  const taskIds = await Promise.all(
    orders.map(async ({ reference, source }, index) => {
      const { communityId } = await requestCommunity(context(), { reference });
      const reader = accountIds[index];
      const order = { communityId, source, speed: 'medium', priority: 'high' } as const;
      return (await createParseTask(context(), { ...order, ...(reader && { accountId: reader }) })).taskId;
    }),
  );
  await waitUntil(async () => {
    const tasks = await listParseTasks(context());
    events.onParse(tasks);
    const failed = tasks.find(({ status }) => ['refused', 'failed', 'cancelled'].includes(status));
    if (failed) throw new DemoFailed(`${failed.communityReference} could not be read: ${failed.reason}`);
    return tasks.every(({ status }) => status === 'done') || undefined;
  });
  return taskIds;
}

async function follow(context: () => CommandContext, campaignId: string, events: PlayEvents): Promise<void> {
  await waitUntil(async () => {
    const campaign = await getCampaign(context(), { campaignId });
    events.onCampaign(campaign);
    if (campaign.status === 'paused')
      throw new DemoFailed(`the campaign was paused: ${campaign.statusBecause}`);
    return campaign.status === 'finished' || undefined;
  });
}
