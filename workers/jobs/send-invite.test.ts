import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { later, SECOND_MS } from '#core/duration.ts';
import type { RpcFailure, UserSession } from '#core/telegram/user-session.ts';
import { createCampaign } from '#db/commands/create-campaign.ts';
import { startCampaign } from '#db/commands/start-campaign.ts';
import { account, attempt } from '#db/schema/index.ts';
import {
  createAccount,
  createAudience,
  createCommunity,
  createHome,
  createRunningCampaign,
  hashPerson,
  noon,
  seenPerson,
} from '#db/testing/factories.ts';
import { createTestDb, type TestDb } from '#db/testing/test-db.ts';
import type { JobDeps } from '../runtime/define-job.ts';
import { silentLog } from '../testing/silent-log.ts';
import { sendInvite } from './send-invite.ts';

const wait: RpcFailure = { kind: 'rpc', error: 'FLOOD_WAIT', argument: 7200 };

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

const deps = (): JobDeps => ({
  db: db.worker,
  clock: { now: () => noon, realMsUntil: (at) => Math.max(0, at.getTime() - noon.getTime()) },
  random: () => 0,
  log: silentLog,
  hashPerson,
  callDeadlineMs: 1000,
  beginSignIn: async () => {},
  tell: () => {},
});

/** Answers every call with a wait, after something has happened meanwhile. */
const waitingSession = (meanwhile: () => Promise<unknown>) =>
  ({
    readMembership: async () => ({ ok: true, value: 'never' }),
    async inviteOne() {
      await meanwhile();
      return { kind: 'failed', failure: wait };
    },
    async resolveUsername() {
      await meanwhile();
      return { ok: false, failure: wait };
    },
  }) as Partial<UserSession> as UserSession;

async function openLane(known: 'by reference' | 'by username') {
  const home = await createHome(db);
  const held = await createAccount(home);
  if (known === 'by reference')
    await createRunningCampaign(home, [{ account: held, people: [seenPerson()] }]);
  else {
    const { campaignId } = await createCampaign(home.owner, {
      name: 'Typed',
      mode: 'direct_add',
      priority: 'high',
      communityId: await createCommunity(home, [held]),
      audienceId: await createAudience(home, {
        typed: [{ line: 1, text: '@somebody' }],
        typedBasis: 'opted_in',
      }),
      accountIds: [held.accountId],
    });
    await startCampaign(home.owner, { campaignId, hashPerson });
  }
  const { accountId } = held;
  return {
    accountId,
    run: (meanwhile: () => Promise<unknown>) =>
      sendInvite.runInLane({ workspaceId: home.workspaceId, accountId }, deps(), {
        ...held,
        session: async () => ({ ok: true, value: waitingSession(meanwhile) }),
        isWanted: () => true,
        isCrowded: () => false,
      }),
    account: async () => (await db.owner.select().from(account).where(eq(account.id, accountId)))[0],
    attempt: async () => (await db.owner.select().from(attempt).where(eq(attempt.accountId, accountId)))[0],
  };
}
const cooling = { status: 'cooling', statusError: 'FLOOD_WAIT' };
const waitEnds = later(noon, 7200 * SECOND_MS).getTime();

/** The next statements that write to the table fail; a sequence counts them, because it survives the rollback. */
async function failWrites(table: 'attempt' | 'lookup', accountId: string, times: number) {
  await db.owner.execute(
    sql.raw(`
    create sequence failed_writes_${table};
    create function fail_${table}() returns trigger language plpgsql security definer as $$
    begin
      if new.account_id = '${accountId}' and nextval('failed_writes_${table}') <= ${times} then
        raise exception 'the database is in trouble';
      end if;
      return new;
    end $$;
    create trigger fail_${table} before update on ${table} for each row execute function fail_${table}();`),
  );
}

describe('what Telegram has answered', () => {
  it('is kept through a database that fails twice', async () => {
    const lane = await openLane('by reference');
    await failWrites('attempt', lane.accountId, 2);
    expect(await lane.run(async () => {})).toMatchObject({ kind: 'done' });
    expect(await lane.attempt()).toMatchObject({ status: 'returned', reason: 'FLOOD_WAIT' });
    expect(await lane.account()).toMatchObject(cooling);
  });

  it('to a look-up is kept through a database that fails twice', async () => {
    const lane = await openLane('by username');
    await failWrites('lookup', lane.accountId, 2);
    await lane.run(async () => {});
    expect(await lane.account()).toMatchObject(cooling);
  });

  it('about the account is kept when another node has taken the account over', async () => {
    const lane = await openLane('by reference');
    const outcome = await lane.run(() =>
      db.owner.execute(sql`update lease set token = token + 1 where account_id = ${lane.accountId}`),
    );
    expect(outcome).toEqual({ kind: 'drop', because: 'conflict' });
    expect(await lane.attempt()).toMatchObject({ status: 'attempting' });
    const kept = await lane.account();
    expect(kept).toMatchObject(cooling);
    expect(kept?.recoversAt?.getTime()).toBeGreaterThanOrEqual(waitEnds);
  });

  it('to a look-up is kept for the account when the look-up was closed meanwhile', async () => {
    const lane = await openLane('by username');
    const outcome = await lane.run(() =>
      db.owner.execute(sql`delete from lookup where account_id = ${lane.accountId}`),
    );
    expect(outcome).toEqual({ kind: 'drop', because: 'conflict' });
    expect(await lane.account()).toMatchObject(cooling);
  });
});
