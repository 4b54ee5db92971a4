import { randomUUID } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { later } from '#core/duration.ts';
import type { RpcFailure } from '#core/telegram/user-session.ts';
import { buildAudience } from '../commands/build-audience.ts';
import { cancelCampaign } from '../commands/cancel-campaign.ts';
import { connectAccount } from '../commands/connect-account.ts';
import { createCampaign } from '../commands/create-campaign.ts';
import { disableAccount } from '../commands/disable-account.ts';
import { enableAccount } from '../commands/enable-account.ts';
import { failAccount } from '../commands/fail-account.ts';
import { failCommunityCheck } from '../commands/fail-community-check.ts';
import { markUnknown } from '../commands/mark-unknown.ts';
import { pauseCampaign } from '../commands/pause-campaign.ts';
import { publishPolicy } from '../commands/publish-policy.ts';
import { recordCommunity } from '../commands/record-community.ts';
import { recordFreeze } from '../commands/record-freeze.ts';
import { recordLogOut } from '../commands/record-log-out.ts';
import { recordRefresh } from '../commands/record-refresh.ts';
import { recoverAccounts } from '../commands/recover-accounts.ts';
import { removeAccount } from '../commands/remove-account.ts';
import { requestAudience } from '../commands/request-audience.ts';
import { requestAuthorizationEnd } from '../commands/request-authorization-end.ts';
import { requestCommunity } from '../commands/request-community.ts';
import { requestLogOut } from '../commands/request-log-out.ts';
import { requestRefresh } from '../commands/request-refresh.ts';
import { requestRightsCheck } from '../commands/request-rights-check.ts';
import { reserveAttempt } from '../commands/reserve-attempt.ts';
import { reserveCommunityCheck } from '../commands/reserve-community-check.ts';
import { resumeAccount } from '../commands/resume-account.ts';
import { resumeCampaign } from '../commands/resume-campaign.ts';
import { reviewJoin } from '../commands/review-join.ts';
import { rewrapSessions } from '../commands/rewrap-sessions.ts';
import { settleAttempt } from '../commands/settle-attempt.ts';
import { settleLookup } from '../commands/settle-lookup.ts';
import { settleUnknown } from '../commands/settle-unknown.ts';
import { startCampaign } from '../commands/start-campaign.ts';
import { suppressPerson } from '../commands/suppress-person.ts';
import { rewrapWith } from '../session-keys.ts';
import {
  communityFacts,
  createAudience,
  createCommunity,
  createRunningCampaign,
  type HeldAccount,
  type Home,
  hashPerson,
  noon,
  parsePeople,
  refreshed,
  sealKey,
  seenPerson,
} from './factories.ts';
import { policySigner, type TestDb } from './test-db.ts';

/** What every scene begins with: a workspace with an account. */
export type Stage = { db: TestDb; home: Home; held: HeldAccount };

/** Arranges what a command needs and answers the call of the command alone. */
export type Scene = (stage: Stage) => Promise<() => Promise<unknown>>;
const timeout: RpcFailure = { kind: 'timeout', error: 'timeout' };
const call = { roll: 0, callDeadlineMs: 1000, hashPerson };

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
  const { accountId, leaseToken } = stage.held;
  return { attemptId, accountId, leaseToken, roll: 0, hashPerson };
};
const pass = ({ db }: Stage, attemptId: string) =>
  db.owner.execute(sql`update attempt set deadline_at = clock_timestamp() where id = ${attemptId}`);

/** A scene for every command of accounts, communities, audiences and campaigns, by its file. */
export const workScenes: Record<string, Scene> = {
  'build-audience': async ({ home }) => {
    const typed = [{ line: 1, text: 'anna_k' }];
    const { audienceId } = await requestAudience(home.owner, { name: 'All', source: { typed } });
    return () => buildAudience(home.worker, { audienceId });
  },
  'connect-account':
    async ({ home }) =>
    () =>
      connectAccount(home.owner, {
        profile: { telegramId: '97', firstName: 'Second', isPremium: false },
        seal: () => ({ bytes: Buffer.of(1), keyId: 'k' }),
      }),
  'create-campaign': prepareDraft,
  'disable-account':
    async ({ home, held }) =>
    () =>
      disableAccount(home.owner, held),
  'enable-account': async ({ home, held }) => {
    await disableAccount(home.owner, held);
    return () => enableAccount(home.owner, held);
  },
  'remove-account':
    async ({ home, held }) =>
    () =>
      removeAccount(home.owner, held),
  'request-log-out':
    async ({ home, held }) =>
    () =>
      requestLogOut(home.owner, held),
  'record-log-out':
    async ({ home, held }) =>
    () =>
      recordLogOut(home.worker, held),
  'request-refresh':
    async ({ home, held }) =>
    () =>
      requestRefresh(home.owner, held),
  'request-rights-check':
    async ({ home, held }) =>
    () =>
      requestRightsCheck(home.owner, { ...held, reference: '@checked_here' }),
  'request-authorization-end': async ({ home, held }) => {
    await recordRefresh(home.worker, { ...held, ...refreshed() });
    return () => requestAuthorizationEnd(home.owner, { ...held, hash: '7' });
  },
  'record-refresh':
    async ({ home, held }) =>
    () =>
      recordRefresh(home.worker, { ...held, ...refreshed() }),
  'fail-account':
    async ({ home, held }) =>
    () =>
      failAccount(home.worker, { accountId: held.accountId, failure: timeout }),
  'fail-community-check': async ({ home, held }) => {
    const { communityId } = await requestCommunity(home.owner, { reference: '@unread' });
    return () =>
      failCommunityCheck(home.worker, { communityId, accountId: held.accountId, failure: timeout });
  },
  'mark-unknown': async (stage) => {
    await pass(stage, (await open(stage)).attemptId);
    return () => markUnknown(stage.home.worker, stage.held);
  },
  'cancel-campaign': async (stage) => {
    const campaignId = await run(stage);
    return () => cancelCampaign(stage.home.owner, { campaignId });
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
  'rewrap-sessions':
    async ({ home }) =>
    () =>
      rewrapSessions(home.worker, {
        newestId: 'new',
        rewrap: rewrapWith([{ id: 'new', key: Buffer.alloc(32, 9) }, sealKey]),
        after: undefined,
        limit: 10,
      }),
  'review-join': async (stage) => {
    const attempt = await open(stage);
    await settleAttempt(stage.home.worker, { ...attempt, outcome: { kind: 'joined' } });
    return () => reviewJoin(stage.home.worker, { ...attempt, membership: 'member' });
  },
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
    await pass(stage, attempt.attemptId);
    await markUnknown(stage.home.worker, stage.held);
    return () => settleUnknown(stage.home.worker, { ...attempt, membership: 'member' });
  },
  'start-campaign': async (stage) => {
    const { campaignId } = await draft(stage);
    return () => startCampaign(stage.home.owner, { campaignId, hashPerson });
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
