import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY_MS, later } from '#core/duration.ts';
import { getRetention } from '../queries/get-retention.ts';
import {
  createAccount,
  createAudience,
  createHome,
  createRunningCampaign,
  type Home,
  noon,
  parsePeople,
  seenPerson,
} from '../testing/factories.ts';
import { createTestDb, type TestDb } from '../testing/test-db.ts';
import { changeRetention } from './change-retention.ts';
import { expirePeople } from './expire-people.ts';
import { openAudienceFile } from './open-audience-file.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

const days = (n: number) => later(noon, n * DAY_MS);
/** The whole passage of a day, in batches of two. */
const passOn = async (home: Home, now: Date) => {
  let batches = 1;
  while (!(await expirePeople(home.at(now).worker, { limit: 2 })).isDone) batches += 1;
  return { batches, report: (await getRetention(home.owner)).reports[0] };
};
const known = async ({ workspaceId }: Home) => {
  const rows = await db.owner.execute<{ telegram_id: string }>(sql`
    select telegram_id from person where workspace_id = ${workspaceId}`);
  return rows.map((row) => row.telegram_id).sort();
};
const leftOf = async ({ workspaceId }: Home) => {
  const [row] = await db.owner.execute<{ sightings: number; refs: number }>(sql`
    select (select count(*) from sighting where workspace_id = ${workspaceId})::int as sightings,
      (select count(*) from peer_ref where workspace_id = ${workspaceId})::int as refs`);
  return row;
};

it('forgets collected people after thirty days, but not those of audiences and campaigns, and reports why', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  const [kept, invited, ...old] = [1, 2, 3, 4, 5].map(() => seenPerson());
  await parsePeople(home, held, old);
  const { taskId } = await parsePeople(home, held, [kept!]);
  await createAudience(home, { taskIds: [taskId] });
  const { audienceId } = await createRunningCampaign(home, [{ account: held, people: [invited!] }]);
  await db.owner.execute(sql`delete from audience_member where audience_id = ${audienceId}`);
  await parsePeople(home.at(days(20)), held, [seenPerson({ telegramId: '77' })]);
  await openAudienceFile(home.owner, { name: 'old.csv' });

  const early = await passOn(home, days(29));
  expect(early.report).toMatchObject({ people: 0, files: 0, inAudience: 0 });
  const { batches, report } = await passOn(home, days(31));
  expect(batches).toBe(3);
  expect(report).toMatchObject({ people: 3, sightings: 3, refs: 3, files: 1, inAudience: 1, inCampaign: 1 });
  expect(await known(home)).toEqual([kept!.telegramId, invited!.telegramId, '77'].sort());
  expect(await leftOf(home)).toEqual({ sightings: 3, refs: 3 });
  expect((await getRetention(home.owner)).dueAt).toEqual(days(32));
});

it('keeps them for less when the workspace says so, at once, and never for more', async () => {
  const home = await createHome(db);
  await parsePeople(home, await createAccount(home), [seenPerson()]);
  await expect(changeRetention(home.owner, { keptDays: 31 })).rejects.toMatchObject({
    code: 'retention.out_of_range',
  });
  await changeRetention(home.at(days(8)).owner, { keptDays: 7 });
  expect((await passOn(home, days(8))).report).toMatchObject({ keptDays: 7, people: 1 });
  expect(await known(home)).toEqual([]);
});
