import { randomBytes, randomUUID } from 'node:crypto';
import { eq } from 'drizzle-orm';
import { Secret } from '#core/secret.ts';
import type { Authorization, CommunityFacts, SeenPerson } from '#core/telegram/user-session.ts';
import { acknowledgeCollected } from '../commands/acknowledge-collected.ts';
import { buildAudience } from '../commands/build-audience.ts';
import { claimWorkspace } from '../commands/claim-workspace.ts';
import { connectAccount } from '../commands/connect-account.ts';
import { createCampaign } from '../commands/create-campaign.ts';
import { createParseTask } from '../commands/create-parse-task.ts';
import { finishParseTask } from '../commands/finish-parse-task.ts';
import { recordCommunity } from '../commands/record-community.ts';
import { requestAudience } from '../commands/request-audience.ts';
import { requestCommunity } from '../commands/request-community.ts';
import { startCampaign } from '../commands/start-campaign.ts';
import { startParseTask } from '../commands/start-parse-task.ts';
import { storeParsePage } from '../commands/store-parse-page.ts';
import { type CommandContext, inWorkspace } from '../context.ts';
import { acquireLease } from '../leases.ts';
import { createHashPerson } from '../person-hash.ts';
import { community } from '../schema/communities.ts';
import { sealSession } from '../seal.ts';
import type { TestDb } from './test-db.ts';

/** A noon to begin at; tests move on from it by themselves. */
export const noon = new Date('2026-03-02T12:00:00Z');
export const sealKey = { id: 'test', key: randomBytes(32) };
export const hashPerson = createHashPerson(randomBytes(32));

let count = 0;
const next = (): number => {
  count += 1;
  return count;
};

/** A workspace of its own: contexts of its owner (as the app) and of a worker. */
export type Home = {
  workspaceId: string;
  operatorId: string;
  owner: CommandContext;
  worker: CommandContext;
  /** The same contexts at another moment. */
  at(now: Date): Home;
};

export const createHome = async (db: TestDb, now = noon): Promise<Home> => {
  const telegramId = String(1_000_000 + next());
  const { workspaceId, operatorId } = await claimWorkspace(db.owner, {
    name: `Workspace ${telegramId}`,
    owner: { telegramId, firstName: 'Olga', language: 'en' },
    now,
  });
  const at = (moment: Date): Home => ({
    workspaceId,
    operatorId,
    owner: { db: db.app, workspaceId, now: moment, actor: { kind: 'operator', operatorId, role: 'owner' } },
    worker: { db: db.worker, workspaceId, now: moment, actor: { kind: 'system', part: 'worker' } },
    at,
  });
  return at(now);
};

export type HeldAccount = { accountId: string; nodeId: string; leaseToken: number };

/** A connected account, its lease held by a node of its own for an hour. */
export const createAccount = async (
  home: Home,
  profile: { telegramId?: string } = {},
): Promise<HeldAccount> => {
  const telegramId = profile.telegramId ?? String(2_000_000 + next());
  const { accountId } = await connectAccount(home.owner, {
    profile: { telegramId, firstName: `Account ${telegramId}`, isPremium: false },
    seal: (id) =>
      sealSession(sealKey, { workspaceId: home.workspaceId, accountId: id }, new Secret('session')),
  });
  const nodeId = randomUUID();
  const lease = await acquireLease(home.worker.db, { accountId, nodeId, termSeconds: 3600 });
  if (!lease) throw new Error('the lease of a new account is free');
  return { accountId, nodeId, leaseToken: lease.token };
};

export const communityFacts = (facts: Partial<CommunityFacts> = {}): CommunityFacts => {
  const n = next();
  return {
    kind: 'supergroup',
    telegramId: String(3_000_000 + n),
    accessHash: String(n),
    title: `Group ${n}`,
    membersCount: 1000,
    membersHidden: false,
    own: { isMember: true, isAdmin: true, mayInvite: true, adminRights: ['invite_users'] },
    ...facts,
  };
};

/** A community that all the accounts have read. */
export const createCommunity = async (
  home: Home,
  accounts: readonly HeldAccount[],
  facts = communityFacts(),
): Promise<string> => {
  const { communityId } = await requestCommunity(home.owner, { reference: `@community_${next()}` });
  for (const { accountId } of accounts) {
    await recordCommunity(home.worker, { communityId, accountId, facts, recentComments: undefined });
  }
  return communityId;
};

export const seenPerson = (person: Partial<SeenPerson> = {}): SeenPerson => {
  const n = next();
  return {
    telegramId: String(5_000_000 + n),
    accessHash: String(9_000_000 + n),
    firstName: `Person ${n}`,
    isBot: false,
    isDeleted: false,
    isScam: false,
    isPremium: false,
    hasPhoto: true,
    lastSeen: 'recently',
    ...person,
  };
};

/** A page of members with the place after it, as a worker stores it. */
export const membersPage = (home: Home, people: readonly SeenPerson[]) => ({
  people,
  refs: [],
  admins: [],
  messages: new Map<string, number>(),
  seen: people.length,
  mayRepeat: false,
  media: 0,
  impersonal: 0,
  total: null as number | null,
  cursor: { source: 'members' as const, offset: people.length, letter: '' },
  asked: [{ atMs: home.worker.now.getTime(), seen: 0 }],
  nextPageAt: home.worker.now,
  news: { ratePerMinute: null, secondsLeft: null },
});

/** What Telegram may say of an account: its profile, the session here and another one. */
export const refreshed = (more: Partial<Authorization> = {}) => {
  const seen = { device: 'Phone', app: 'Telegram', country: 'Nowhere', createdAt: noon, activeAt: noon };
  const profile = { telegramId: '1', firstName: 'Anna', isPremium: true, hasPhoto: true };
  const authorizations: Authorization[] = [
    { hash: '0', isCurrent: true, ...seen },
    { hash: '7', isCurrent: false, ...seen, ...more },
  ];
  return { profile, authorizations, unended: [] as { hash: string; error: string }[] };
};

/** The accounts read a community that is known already. */
const readCommunity = async (
  home: Home,
  communityId: string,
  accounts: readonly HeldAccount[],
): Promise<void> => {
  const [known] = await inWorkspace(home.worker.db, home.workspaceId, (tx) =>
    tx.select({ telegramId: community.telegramId }).from(community).where(eq(community.id, communityId)),
  );
  if (!known?.telegramId) throw new Error('the community was not read before');
  const facts = communityFacts({ telegramId: known.telegramId });
  for (const { accountId } of accounts) {
    await recordCommunity(home.worker, { communityId, accountId, facts, recentComments: undefined });
  }
};

/** The people of one finished parse task of the account. */
export const parsePeople = async (
  home: Home,
  account: HeldAccount,
  people: readonly SeenPerson[],
): Promise<{ taskId: string; communityId: string }> => {
  const communityId = await createCommunity(home, [account]);
  const { taskId } = await createParseTask(home.owner, {
    communityId,
    source: 'members',
    speed: 'medium',
    priority: 'normal',
    accountId: account.accountId,
  });
  const task = { taskId, accountId: account.accountId, leaseToken: account.leaseToken };
  await startParseTask(home.worker, task);
  await storeParsePage(home.worker, { ...task, ...membersPage(home, people), total: people.length });
  await finishParseTask(home.worker, task);
  return { taskId, communityId };
};

/** A built audience of what the tasks collected and what was typed. */
export const createAudience = async (
  home: Home,
  source: Parameters<typeof requestAudience>[1]['source'],
): Promise<string> => {
  const { audienceId } = await requestAudience(home.owner, { name: `Audience ${next()}`, source });
  await buildAudience(home.worker, { audienceId });
  return audienceId;
};

/** A running campaign of the accounts, each of which has parsed the people it is given. */
export const createRunningCampaign = async (
  home: Home,
  lanes: readonly { account: HeldAccount; people: readonly SeenPerson[] }[],
  communityId?: string,
): Promise<{ campaignId: string; communityId: string; audienceId: string }> => {
  const accounts = lanes.map((lane) => lane.account);
  const target = communityId ?? (await createCommunity(home, accounts));
  if (communityId) await readCommunity(home, communityId, accounts);
  const taskIds: string[] = [];
  for (const { account, people } of lanes) {
    if (people.length > 0) taskIds.push((await parsePeople(home, account, people)).taskId);
  }
  await acknowledgeCollected(home.owner, { text: 'I know these people' });
  const audienceId = await createAudience(home, { taskIds });
  const { campaignId } = await createCampaign(home.owner, {
    name: `Campaign ${next()}`,
    mode: 'direct_add',
    priority: 'normal',
    communityId: target,
    audienceId,
    accountIds: accounts.map((account) => account.accountId),
  });
  await startCampaign(home.owner, { campaignId, hashPerson });
  return { campaignId, communityId: target, audienceId };
};
