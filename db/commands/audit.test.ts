import { randomUUID } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { later } from '#core/duration.ts';
import { Secret } from '#core/secret.ts';
import type { RpcFailure } from '#core/telegram/user-session.ts';
import { findConnectPage, hashOf } from '../connect-pages.ts';
import { createBoxKeys } from '../sealed-box.ts';
import { stepSignIn, takeSignIn } from '../sign-ins.ts';
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
  noon,
  parsePeople,
  seenPerson,
} from '../testing/factories.ts';
import { createTestDb, policySigner, type TestDb } from '../testing/test-db.ts';
import { acknowledgeCollected } from './acknowledge-collected.ts';
import { addMember } from './add-member.ts';
import { answerSignIn } from './answer-sign-in.ts';
import { buildAudience } from './build-audience.ts';
import { cancelSignIn } from './cancel-sign-in.ts';
import { claimWorkspace } from './claim-workspace.ts';
import { connectAccount } from './connect-account.ts';
import { createCampaign } from './create-campaign.ts';
import { createConnectLink } from './create-connect-link.ts';
import { createParseTask } from './create-parse-task.ts';
import { endSignIn } from './end-sign-in.ts';
import { failAccount } from './fail-account.ts';
import { failCommunityCheck } from './fail-community-check.ts';
import { failParsePage } from './fail-parse-page.ts';
import { finishParseTask } from './finish-parse-task.ts';
import { markUnknown } from './mark-unknown.ts';
import { openConnectLink } from './open-connect-link.ts';
import { pauseCampaign } from './pause-campaign.ts';
import { publishPolicy } from './publish-policy.ts';
import { recordCommunity } from './record-community.ts';
import { recordFreeze } from './record-freeze.ts';
import { recoverAccounts } from './recover-accounts.ts';
import { requestAudience } from './request-audience.ts';
import { requestCommunity } from './request-community.ts';
import { reserveAttempt } from './reserve-attempt.ts';
import { reserveCommunityCheck } from './reserve-community-check.ts';
import { resumeAccount } from './resume-account.ts';
import { resumeCampaign } from './resume-campaign.ts';
import { reviewJoin } from './review-join.ts';
import { setLanguage } from './set-language.ts';
import { settleAttempt } from './settle-attempt.ts';
import { settleLookup } from './settle-lookup.ts';
import { settleUnknown } from './settle-unknown.ts';
import { startCampaign } from './start-campaign.ts';
import { startParseTask } from './start-parse-task.ts';
import { startSignIn } from './start-sign-in.ts';
import { storeParsePage } from './store-parse-page.ts';
import { suppressPerson } from './suppress-person.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

type Stage = { home: Home; held: HeldAccount };
const timeout: RpcFailure = { kind: 'timeout', error: 'timeout' };
const call = { roll: 0, callDeadlineMs: 1000, hashPerson };

const prepareTask = async ({ home, held }: Stage) => {
  const communityId = await createCommunity(home, [held]);
  const how = { source: 'members', speed: 'medium', priority: 'normal', accountId: held.accountId } as const;
  return () => createParseTask(home.owner, { communityId, ...how });
};
const orderTask = async (stage: Stage) => {
  const { taskId } = await (await prepareTask(stage))();
  return { taskId, accountId: stage.held.accountId, leaseToken: stage.held.leaseToken };
};
const runTask = async (stage: Stage) => {
  const task = await orderTask(stage);
  await startParseTask(stage.home.worker, task);
  return task;
};
const prepareDraft = async ({ home, held }: Stage) => {
  const communityId = await createCommunity(home, [held]);
  const typed = [{ line: 1, text: 'anna_k' }];
  const audienceId = await createAudience(home, { typed, typedBasis: 'opted_in' });
  const how = { name: 'Spring', mode: 'direct_add', priority: 'high', accountIds: [held.accountId] } as const;
  return () => createCampaign(home.owner, { ...how, communityId, audienceId });
};
const draft = async (stage: Stage) => (await prepareDraft(stage))();
const run = async ({ home, held }: Stage) =>
  (await createRunningCampaign(home, [{ account: held, people: [seenPerson()] }])).campaignId;
const open = async (stage: Stage) => {
  await run(stage);
  const reservation = await reserveAttempt(stage.home.worker, { ...stage.held, ...call });
  if (reservation.kind !== 'attempt') throw new Error(`expected an attempt, got ${reservation.kind}`);
  const { attemptId } = reservation;
  return { attemptId, leaseToken: stage.held.leaseToken, roll: 0, hashPerson };
};
const pass = (attemptId: string) =>
  db.owner.execute(sql`update attempt set deadline_at = clock_timestamp() where id = ${attemptId}`);

const openPage = async ({ home }: Stage) => {
  const { token } = await createConnectLink(home.owner);
  await openConnectLink(home.owner, { token, ticket: undefined });
  const page = await findConnectPage(db.app, { tokenHash: hashOf(token) });
  return { linkId: page!.linkId };
};
const beginSignIn = async (stage: Stage) => {
  const { linkId } = await openPage(stage);
  const { signInId } = await startSignIn(stage.home.owner, { linkId, method: 'phone' });
  const runId = randomUUID();
  const { workspaceId } = stage.home;
  const worker = { runId, workerKey: createBoxKeys().publicKey };
  const taken = await takeSignIn(db.worker, { workspaceId, signInId }, worker);
  return { linkId, signInId, runId, taken: taken! };
};

/** Arranges a stage for each command and answers the call of the command alone. */
const scenes: Record<string, (stage: Stage) => Promise<() => Promise<unknown>>> = {
  'acknowledge-collected':
    async ({ home }) =>
    () =>
      acknowledgeCollected(home.owner, { text: 'yes' }),
  'add-member':
    async ({ home }) =>
    () =>
      addMember(home.owner, { telegramId: '99', firstName: 'Max', language: 'ru', role: 'viewer' }),
  'answer-sign-in': async (stage) => {
    const { taken, linkId, signInId } = await beginSignIn(stage);
    const sequence = await stepSignIn(db.worker, taken, { status: 'phone' });
    const answer = new Secret('79990000000');
    return () =>
      answerSignIn(stage.home.owner, { linkId, signInId, sequence: sequence!, question: 'phone', answer });
  },
  'build-audience': async ({ home }) => {
    const typed = [{ line: 1, text: 'anna_k' }];
    const { audienceId } = await requestAudience(home.owner, { name: 'All', source: { typed } });
    return () => buildAudience(home.worker, { audienceId });
  },
  'cancel-sign-in': async (stage) => {
    const { linkId, signInId } = await beginSignIn(stage);
    return () => cancelSignIn(stage.home.owner, { linkId, signInId });
  },
  'claim-workspace': async () => () =>
    claimWorkspace(db.owner, {
      name: 'New',
      owner: { telegramId: '98', firstName: 'Ida', language: 'en' },
      now: noon,
    }),
  'connect-account':
    async ({ home }) =>
    () =>
      connectAccount(home.owner, {
        profile: { telegramId: '97', firstName: 'Second', isPremium: false },
        seal: () => ({ bytes: Buffer.of(1), keyId: 'k' }),
      }),
  'create-campaign': prepareDraft,
  'create-connect-link':
    async ({ home }) =>
    () =>
      createConnectLink(home.owner),
  'create-parse-task': prepareTask,
  'end-sign-in': async (stage) => {
    const { taken } = await beginSignIn(stage);
    return () => endSignIn(stage.home.worker, { taken, end: { status: 'expired' } });
  },
  'fail-account':
    async ({ home, held }) =>
    () =>
      failAccount(home.worker, { accountId: held.accountId, failure: timeout }),
  'fail-community-check': async ({ home, held }) => {
    const { communityId } = await requestCommunity(home.owner, { reference: '@unread' });
    return () =>
      failCommunityCheck(home.worker, { communityId, accountId: held.accountId, failure: timeout });
  },
  'fail-parse-page': async (stage) => {
    const task = await runTask(stage);
    return () => failParsePage(stage.home.worker, { ...task, failure: timeout });
  },
  'finish-parse-task': async (stage) => {
    const task = await runTask(stage);
    return () => finishParseTask(stage.home.worker, task);
  },
  'mark-unknown': async (stage) => {
    await pass((await open(stage)).attemptId);
    return () => markUnknown(stage.home.worker, stage.held);
  },
  'open-connect-link': async ({ home }) => {
    const { token } = await createConnectLink(home.owner);
    return () => openConnectLink(home.owner, { token, ticket: undefined });
  },
  'pause-campaign': async (stage) => {
    const campaignId = await run(stage);
    return () => pauseCampaign(stage.home.owner, { campaignId });
  },
  'publish-policy':
    async ({ home }) =>
    () =>
      publishPolicy(home.owner, {
        changes: { invitesPerAccountDay: 10 },
        basedOn: 0,
        reason: 'gentler',
        signer: policySigner,
      }),
  'record-community': async ({ home, held }) => {
    const { communityId } = await requestCommunity(home.owner, { reference: '@unread' });
    const { accountId } = held;
    return () =>
      recordCommunity(home.worker, { communityId, accountId, facts: communityFacts(), recentComments: 0 });
  },
  'record-freeze': async ({ home, held }) => {
    const failure = { kind: 'rpc', error: 'FROZEN_METHOD_INVALID' } as const;
    await failAccount(home.worker, { accountId: held.accountId, failure });
    return () => recordFreeze(home.worker, { ...held, freeze: undefined });
  },
  'recover-accounts': async ({ home, held }) => {
    const failure = { kind: 'rpc', error: 'FLOOD_WAIT', argument: 1 } as const;
    await failAccount(home.worker, { accountId: held.accountId, failure });
    return () => recoverAccounts(home.at(later(noon, 100_000)).worker);
  },
  'request-audience': async (stage) => {
    const { taskId } = await parsePeople(stage.home, stage.held, [seenPerson()]);
    return () => requestAudience(stage.home.owner, { name: 'All', source: { taskIds: [taskId] } });
  },
  'request-community':
    async ({ home }) =>
    () =>
      requestCommunity(home.owner, { reference: '@unread' }),
  'reserve-attempt': async (stage) => {
    await run(stage);
    return () => reserveAttempt(stage.home.worker, { ...stage.held, ...call });
  },
  'reserve-community-check': async ({ home, held }) => {
    const { communityId } = await requestCommunity(home.owner, { reference: '@unread' });
    return () => reserveCommunityCheck(home.worker, { communityId, ...held, callDeadlineMs: 1000 });
  },
  'resume-account': async ({ home, held }) => {
    const { accountId } = held;
    for (const now of [noon, later(noon, 1000)]) {
      await failAccount(home.at(now).worker, { accountId, failure: { kind: 'rpc', error: 'PEER_FLOOD' } });
    }
    const { owner } = home.at(later(noon, 30 * 86_400_000));
    return () => resumeAccount(owner, { accountId, reason: 'checked' });
  },
  'resume-campaign': async (stage) => {
    const campaignId = await run(stage);
    await pauseCampaign(stage.home.owner, { campaignId });
    return () => resumeCampaign(stage.home.owner, { campaignId });
  },
  'review-join': async (stage) => {
    const attempt = await open(stage);
    await settleAttempt(stage.home.worker, { ...attempt, outcome: { kind: 'joined' } });
    const { accountId } = stage.held;
    return () => reviewJoin(stage.home.worker, { ...attempt, accountId, membership: 'member' });
  },
  'set-language':
    async ({ home }) =>
    () =>
      setLanguage(home.owner, { operatorId: home.operatorId, language: 'ru' }),
  'settle-attempt': async (stage) => {
    const attempt = await open(stage);
    return () => settleAttempt(stage.home.worker, { ...attempt, outcome: { kind: 'joined' } });
  },
  'settle-lookup': async (stage) => {
    const { campaignId } = await draft(stage);
    await startCampaign(stage.home.owner, { campaignId, hashPerson });
    const reservation = await reserveAttempt(stage.home.worker, { ...stage.held, ...call });
    const lookupId = reservation.kind === 'look_up' ? reservation.lookupId : randomUUID();
    return () => settleLookup(stage.home.worker, { lookupId, answer: { ok: true, value: seenPerson() } });
  },
  'settle-unknown': async (stage) => {
    const attempt = await open(stage);
    await pass(attempt.attemptId);
    await markUnknown(stage.home.worker, stage.held);
    return () => settleUnknown(stage.home.worker, { ...attempt, membership: 'member' });
  },
  'start-campaign': async (stage) => {
    const { campaignId } = await draft(stage);
    return () => startCampaign(stage.home.owner, { campaignId, hashPerson });
  },
  'start-parse-task': async (stage) => {
    const task = await orderTask(stage);
    return () => startParseTask(stage.home.worker, task);
  },
  'start-sign-in': async (stage) => {
    const { linkId } = await openPage(stage);
    return () => startSignIn(stage.home.owner, { linkId, method: 'qr' });
  },
  'store-parse-page': async (stage) => {
    const task = await runTask(stage);
    return () =>
      storeParsePage(stage.home.worker, {
        ...task,
        people: [seenPerson()],
        refs: [],
        admins: [],
        cursor: { source: 'members', offset: 1 },
        seen: 1,
        total: 1,
        nextPageAt: noon,
      });
  },
  'suppress-person':
    async ({ home }) =>
    () =>
      suppressPerson(home.owner, {
        person: { username: 'anna_k' },
        scope: 'workspace',
        reason: 'asked',
        hashPerson,
      }),
};

const countAudits = async (): Promise<number> => {
  const [row] = await db.owner.execute<{ n: number }>(sql`select count(*)::int as n from audit`);
  return row!.n;
};

test('there is a scene for every command', () => {
  const files = readdirSync(import.meta.dirname).filter((name) => !name.endsWith('.test.ts'));
  expect(files.map((name) => name.replace(/\.ts$/, '')).sort()).toEqual(Object.keys(scenes).sort());
});

test.each(Object.entries(scenes))('%s writes the audit log', async (_name, arrange) => {
  const home = await createHome(db);
  const act = await arrange({ home, held: await createAccount(home) });
  const before = await countAudits();
  await act();
  expect(await countAudits()).toBeGreaterThan(before);
});
