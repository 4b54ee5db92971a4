import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { reserveAttempt } from './commands/reserve-attempt.ts';
import {
  createAccount,
  createCommunity,
  createHome,
  createRunningCampaign,
  hashPerson,
  seenPerson,
} from './testing/factories.ts';
import { createTestDb, type TestDb } from './testing/test-db.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

/** An open attempt on the first of two people, and everything a second one could be about. */
async function openAttempt() {
  const home = await createHome(db);
  const held = await createAccount(home);
  const other = await createAccount(home);
  const made = await createRunningCampaign(home, [
    { account: held, people: [seenPerson(), seenPerson()] },
    { account: other, people: [] },
  ]);
  const twin = await createRunningCampaign(
    home,
    [{ account: other, people: [seenPerson()] }],
    made.communityId,
  );
  const elsewhere = await createCommunity(home, [held]);
  const reserved = await reserveAttempt(home.worker, { ...held, roll: 0, callDeadlineMs: 1000, hashPerson });
  if (reserved.kind !== 'attempt') throw new Error(`expected an attempt, got ${reserved.kind}`);
  const [second] = await db.owner.execute<{ person_id: string }>(sql`
    select person_id from target where campaign_id = ${made.campaignId} and status = 'pending'`);
  return { attemptId: reserved.attemptId, other, twin, elsewhere, secondPersonId: second?.person_id };
}

/** Writes the attempt down once more, with these columns changed. */
const repeat = (
  attemptId: string,
  changed: { account_id?: string; campaign_id?: string; community_id?: string; person_id?: string },
) =>
  db.owner.execute(sql`
    insert into attempt select (jsonb_populate_record(a, ${JSON.stringify(changed)}::jsonb
      || jsonb_build_object('id', gen_random_uuid()))).* from attempt a where id = ${attemptId}`);

const brokenKey = (name: string) => ({ cause: expect.objectContaining({ constraint_name: name }) });

it('an account has one open call', async () => {
  const { attemptId, secondPersonId = '' } = await openAttempt();
  const repeated = repeat(attemptId, { person_id: secondPersonId });
  await expect(repeated).rejects.toMatchObject(brokenKey('attempt_account_open'));
});

it('a person is tried once in a campaign, whoever tries', async () => {
  const { attemptId, other, elsewhere } = await openAttempt();
  const repeated = repeat(attemptId, { account_id: other.accountId, community_id: elsewhere });
  await expect(repeated).rejects.toMatchObject(brokenKey('attempt_campaign_person'));
});

it('a person is tried once in a community, whichever campaign tries', async () => {
  const { attemptId, other, twin } = await openAttempt();
  const repeated = repeat(attemptId, { account_id: other.accountId, campaign_id: twin.campaignId });
  await expect(repeated).rejects.toMatchObject(brokenKey('attempt_community_person'));
});
