import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { getAudience } from '../queries/get-audience.ts';
import { audienceMember, campaign, community, person, target } from '../schema/index.ts';
import {
  communityFacts,
  createAccount,
  createAudience,
  createCommunity,
  createHome,
  createRunningCampaign,
  type HeldAccount,
  type Home,
  hashPerson,
  parsePeople,
  seenPerson,
} from '../testing/factories.ts';
import { createTestDb, type TestDb } from '../testing/test-db.ts';
import { cancelCampaign } from './cancel-campaign.ts';
import { createCampaign } from './create-campaign.ts';
import { pauseCampaign } from './pause-campaign.ts';
import { reserveAttempt } from './reserve-attempt.ts';
import { resumeCampaign } from './resume-campaign.ts';
import { settleAttempt } from './settle-attempt.ts';
import { startCampaign } from './start-campaign.ts';
import { suppressPerson } from './suppress-person.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

const draft = (home: Home, held: HeldAccount, communityId: string, audienceId: string, name = 'Spring') =>
  createCampaign(home.owner, {
    name,
    mode: 'direct_add',
    priority: 'normal',
    communityId,
    audienceId,
    accountIds: [held.accountId],
  });
const typed = (...texts: string[]) => texts.map((text, index) => ({ line: index + 1, text }));
const usernamesOf = async (audienceId: string) => {
  const rows = await db.owner
    .select({ username: person.username })
    .from(audienceMember)
    .innerJoin(person, eq(person.id, audienceMember.personId))
    .where(eq(audienceMember.audienceId, audienceId))
    .orderBy(audienceMember.position);
  return rows.map((row) => row.username);
};

test('typed people are deduplicated and every other line is kept with its reason', async () => {
  const home = await createHome(db);
  const audienceId = await createAudience(home, {
    typed: typed('@anna_k', 'https://t.me/Anna_K', '', '!!', '0151 2345678', 'boris_b'),
  });
  expect(await usernamesOf(audienceId)).toEqual(['anna_k', 'boris_b']);
  expect(await getAudience(home.owner, { audienceId })).toMatchObject({
    status: 'ready',
    members: 2,
    rejects: [
      { line: 3, text: '', reason: 'target.no_identifier' },
      { line: 4, text: '!!', reason: 'target.identifier_malformed' },
      { line: 5, text: '0151 2345678', reason: 'target.phone_malformed' },
    ],
  });
});

test('an audience of nobody says that it is empty', async () => {
  const home = await createHome(db);
  const audienceId = await createAudience(home, { typed: typed('!!') });
  expect(await getAudience(home.owner, { audienceId })).toMatchObject({ status: 'empty', members: 0 });
});

test('the filter leaves out bots, deleted and admins, and the limit takes turns between tasks', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  const named = (username: string, facts = {}) => seenPerson({ username, ...facts });
  const first = await parsePeople(home, held, [
    named('bot_one', { isBot: true }),
    named('first_a'),
    named('first_b'),
    named('gone_one', { isDeleted: true }),
  ]);
  const second = await parsePeople(home, held, [named('second_a'), named('second_b')]);
  const taskIds = [first.taskId, second.taskId];
  const audienceId = await createAudience(home, { taskIds, limit: 3 });
  expect(await usernamesOf(audienceId)).toEqual(['second_a', 'first_a', 'second_b']);
});

test('a name is used once in a workspace', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  const communityId = await createCommunity(home, [held]);
  const audienceId = await createAudience(home, { typed: typed('anna_k') });
  await draft(home, held, communityId, audienceId);
  await expect(draft(home, held, communityId, audienceId)).rejects.toMatchObject({
    code: 'campaign.name_taken',
  });
});

test('known suppressed people, members and unreachable people are final from the start, and visible', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  const [stopped, plain] = [seenPerson(), seenPerson()];
  await suppressPerson(home.owner, {
    person: { telegramId: stopped.telegramId },
    scope: 'global',
    reason: 'stop',
    hashPerson,
  });
  const { accessHash: _, ...min } = seenPerson();
  const { campaignId } = await createRunningCampaign(home, [
    { account: held, people: [stopped, plain, min] },
  ]);
  const rows = await db.owner
    .select({ status: target.status, reason: target.reason })
    .from(target)
    .where(eq(target.campaignId, campaignId))
    .orderBy(target.position);
  expect(rows).toEqual([
    { status: 'suppressed', reason: 'suppressed' },
    { status: 'pending', reason: null },
    { status: 'unreachable', reason: 'unreachable' },
  ]);
});

test('who was seen among the members of the community is not invited into it', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  const members = [seenPerson(), seenPerson()];
  const { communityId } = await parsePeople(home, held, members);
  const { campaignId } = await createRunningCampaign(
    home,
    [{ account: held, people: [...members, seenPerson()] }],
    communityId,
  );
  const rows = await db.owner
    .select()
    .from(target)
    .where(eq(target.campaignId, campaignId))
    .orderBy(target.position);
  expect(rows.map((row) => row.status)).toEqual(['already_member', 'already_member', 'pending']);
});

test.each([
  ['campaign.channel_full', { kind: 'channel', membersCount: 200 }],
  [
    'campaign.no_inviting_account',
    { own: { isMember: true, isAdmin: false, mayInvite: false, adminRights: [] } },
  ],
] as const)('a start is refused with %s and changes nothing', async (code, facts) => {
  const home = await createHome(db);
  const held = await createAccount(home);
  const communityId = await createCommunity(home, [held], communityFacts(facts));
  const audienceId = await createAudience(home, { typed: typed('anna_k'), typedBasis: 'opted_in' });
  const { campaignId } = await draft(home, held, communityId, audienceId);
  await expect(startCampaign(home.owner, { campaignId, hashPerson })).rejects.toMatchObject({ code });
  expect(await db.owner.select().from(target).where(eq(target.campaignId, campaignId))).toEqual([]);
});

test('collected people need the acknowledgement of the owner', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  const communityId = await createCommunity(home, [held]);
  const audienceId = await createAudience(home, { typed: typed('anna_k') });
  const { campaignId } = await draft(home, held, communityId, audienceId);
  await expect(startCampaign(home.owner, { campaignId, hashPerson })).rejects.toMatchObject({
    code: 'audience.not_acknowledged',
  });
});

test('a paused campaign reserves nothing and goes on where it was', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  const { campaignId } = await createRunningCampaign(home, [{ account: held, people: [seenPerson()] }]);
  const reserve = () => reserveAttempt(home.worker, { ...held, roll: 0, callDeadlineMs: 1000, hashPerson });
  await pauseCampaign(home.owner, { campaignId });
  expect(await reserve()).toEqual({ kind: 'idle' });
  await expect(pauseCampaign(home.owner, { campaignId })).rejects.toMatchObject({
    code: 'campaign.not_pausable',
  });
  await resumeCampaign(home.owner, { campaignId });
  expect((await reserve()).kind).toBe('attempt');
});

test('a cancelled campaign ends everybody with the reason, and so does a call that is under way when it comes back', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  const people = [seenPerson(), seenPerson(), seenPerson()];
  const { campaignId } = await createRunningCampaign(home, [{ account: held, people }]);
  const reserve = () => reserveAttempt(home.worker, { ...held, roll: 0, callDeadlineMs: 1000, hashPerson });
  const reserved = await reserve();
  if (reserved.kind !== 'attempt') throw new Error(reserved.kind);
  await cancelCampaign(home.owner, { campaignId });
  const endsOf = async () => {
    const rows = await db.owner
      .select({ status: target.status, reason: target.reason })
      .from(target)
      .where(eq(target.campaignId, campaignId));
    return rows.map(({ status, reason }) => `${status} ${reason ?? ''}`.trim()).sort();
  };
  const left = 'unreachable campaign_cancelled';
  expect(await endsOf()).toEqual(['attempting', left, left]);
  expect(await reserve()).toEqual({ kind: 'idle' });
  const { attemptId } = reserved;
  const failure = { kind: 'rpc', error: 'FLOOD_WAIT', argument: 30 } as const;
  await settleAttempt(home.worker, {
    ...held,
    attemptId,
    outcome: { kind: 'failed', failure },
    roll: 0,
    hashPerson,
  });
  expect(await endsOf()).toEqual([left, left, left]);
  await expect(cancelCampaign(home.owner, { campaignId })).rejects.toMatchObject({
    code: 'campaign.not_cancellable',
  });
});

test('an operator below the needed role is refused', async () => {
  const home = await createHome(db);
  const viewer = {
    ...home.owner,
    actor: { kind: 'operator', operatorId: home.operatorId, role: 'viewer' },
  } as const;
  await expect(pauseCampaign(viewer, { campaignId: home.workspaceId })).rejects.toMatchObject({
    code: 'forbidden',
  });
});

test('what another workspace owns does not exist for a command', async () => {
  const [home, stranger] = [await createHome(db), await createHome(db)];
  const held = await createAccount(home);
  const { campaignId } = await createRunningCampaign(home, [{ account: held, people: [seenPerson()] }]);
  await expect(pauseCampaign(stranger.owner, { campaignId })).rejects.toMatchObject({ code: 'not_found' });
  const [row] = await db.owner.select().from(campaign).where(eq(campaign.id, campaignId));
  expect(row?.status).toBe('running');
  expect(
    await db.owner.select().from(community).where(eq(community.workspaceId, stranger.workspaceId)),
  ).toEqual([]);
});
