import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { phonePattern } from '#core/audience/phone.ts';
import { later } from '#core/duration.ts';
import { getPersonData } from '../queries/get-person-data.ts';
import { listErasures } from '../queries/list-erasures.ts';
import { listTables } from '../testing/any-row.ts';
import {
  createAccount,
  createAudience,
  createHome,
  createRunningCampaign,
  hashPerson,
  noon,
  parsePeople,
  seenPerson,
} from '../testing/factories.ts';
import { createTestDb, type TestDb } from '../testing/test-db.ts';
import { addErasures } from './add-erasures.ts';
import { erasePerson } from './erase-person.ts';
import { openAudienceFile } from './open-audience-file.ts';
import { repeatErasures } from './repeat-erasures.ts';
import { reserveAttempt } from './reserve-attempt.ts';
import { settleAttempt } from './settle-attempt.ts';

let db: TestDb;
beforeAll(async () => {
  db = await createTestDb();
});
afterAll(() => db.close());

const canary = { telegramId: '987654321987', username: 'canary_yellow', firstName: 'Tweetyname' };

/** Tables in whose rows the person still stands, in whatever column. */
const placesOf = async (): Promise<string[]> => {
  const places: string[] = [];
  for (const table of await listTables(db.owner)) {
    const [row] = await db.owner.execute<{ n: number }>(sql`
      select count(*)::int as n from ${sql.identifier(table)} as row
      where row::text ilike '%987654321987%' or row::text ilike '%canary_yellow%' or row::text ilike '%tweetyname%'`);
    if (row?.n) places.push(table);
  }
  return places;
};
const call = { roll: 0, callDeadlineMs: 1000, hashPerson };
const person = { username: '@Canary_Yellow'.slice(1) };

it('leaves nothing of a person in any table but keyed hashes, while what counts goes on counting', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  const people = [seenPerson(canary), seenPerson()];
  const { campaignId } = await createRunningCampaign(home, [{ account: held, people }]);
  const typed = ['@canary_yellow', 'anna_k', 'no canary_yellow here'].map((text, n) => ({
    line: n + 1,
    text,
  }));
  const audienceId = await createAudience(home, { typed, typedBasis: 'opted_in' });
  const { fileId } = await openAudienceFile(home.owner, { name: 'people.csv' });
  await db.owner.execute(sql`
    update audience_file set status = 'checked', preview = '[["canary_yellow"]]'::jsonb where id = ${fileId}`);
  await db.owner.execute(sql`
    insert into audience_file_error (file_id, line, workspace_id, text, reason)
    values (${fileId}, 1, ${home.workspaceId}, 'Tweetyname', 'x')`);
  const reserved = await reserveAttempt(home.worker, { ...held, ...call });
  if (reserved.kind !== 'attempt') throw new Error(`expected an attempt, got ${reserved.kind}`);

  const data = await getPersonData(home.owner, { person, hashPerson });
  expect(data).toMatchObject({ references: 1, attempts: [{ status: 'attempting' }], suppressions: [] });
  expect(data.people).toMatchObject([canary]);
  expect(data.sightings[0]?.at).toBe('2026-03-02T12:00:00+00:00');
  expect(await placesOf()).toEqual(
    expect.arrayContaining(['audience', 'audience_file', 'audience_file_error', 'person']),
  );

  const erased = await erasePerson(home.owner, { person, hashPerson });
  expect(erased).toMatchObject({ people: 1, sightings: 1, refs: 1, memberships: 2, files: 1 });
  expect(await placesOf()).toEqual([]);

  // A call that was under way comes back empty: nobody tries them again.
  const { attemptId } = reserved;
  const failure = { kind: 'rpc', error: 'FLOOD_WAIT', argument: 10 } as const;
  const { accountId, leaseToken } = held;
  await settleAttempt(home.worker, {
    ...{ attemptId, accountId, leaseToken, roll: 0, hashPerson },
    outcome: { kind: 'failed', failure },
  });
  const targets = await db.owner.execute<{ status: string }>(sql`
    select status from target where campaign_id = ${campaignId} order by position`);
  expect(targets.map(({ status }) => status)).toEqual(['suppressed', 'pending']);
  const [members] = await db.owner.execute<{ members_count: number }>(sql`
    select members_count from audience where id = ${audienceId}`);
  expect(members?.members_count).toBe(1);
  expect(await getPersonData(home.owner, { person, hashPerson })).toMatchObject({
    ...{ people: [], sightings: [], attempts: [] },
    suppressions: [{ scope: 'workspace', reason: 'erased' }],
  });
});

it('erases whoever is known by a phone number, however lists have it, and keeps them from being contacted', async () => {
  const home = await createHome(db);
  const written = ['+7 (999) 555-66-77', '+7.999.5556677', '+7 999 555-66-78'];
  const typed = written.map((text, n) => ({ line: n + 1, text }));
  const audienceId = await createAudience(home, { typed, typedBasis: 'opted_in' });
  const { fileId } = await openAudienceFile(home.owner, { name: 'people.csv' });
  await db.owner.execute(sql`
    update audience_file set status = 'importing', preview = '[["Ann", "7999 555 66 77"]]'::jsonb where id = ${fileId}`);
  const phone = '+79995556677';
  const data = await getPersonData(home.owner, { person: { phone }, hashPerson });
  expect(data.people).toMatchObject([{ telegramId: null, username: null, phone }]);

  expect(await erasePerson(home.owner, { person: { phone }, hashPerson })).toMatchObject({ people: 1 });
  const left: string[] = [];
  for (const table of await listTables(db.owner)) {
    const rows = await db.owner.execute(sql`
      select 1 from ${sql.identifier(table)} as row where row::text ~ ${phonePattern(phone)}`);
    if (rows.length > 0) left.push(table);
  }
  expect(left).toEqual([]);
  const [source] = await db.owner.execute<{ lines: number }>(sql`
    select jsonb_array_length(source -> 'typed') as lines from audience where id = ${audienceId}`);
  expect(source?.lines).toBe(1);
  expect(await getPersonData(home.owner, { person: { phone }, hashPerson })).toMatchObject({
    people: [],
    suppressions: [{ scope: 'workspace', reason: 'erased' }],
  });
});

it('erases again whoever came back with old data, also when only the hashes were kept elsewhere', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  await erasePerson(home.owner, { person: { telegramId: canary.telegramId }, hashPerson });
  await parsePeople(home, held, [seenPerson(), seenPerson(canary), seenPerson()]);
  const passOver = async () => {
    let [erased, after] = [0, undefined as string | undefined];
    do {
      const look = await repeatErasures(home.worker, { hashPerson, after, limit: 2 });
      [erased, after] = [erased + look.erased, look.last];
    } while (after);
    return erased;
  };
  expect(await passOver()).toBe(1);
  expect(await placesOf()).toEqual([]);

  // A backup from before: neither the erasure nor its suppression is in it, but the person is.
  const hashes = await listErasures(home.owner);
  await db.owner.execute(sql`delete from erasure`);
  await db.owner.execute(sql`delete from suppression`);
  await parsePeople(home, held, [seenPerson(canary)]);
  expect(await passOver()).toBe(0);
  expect(await addErasures(home.owner, { hashes })).toEqual({ added: hashes.length });
  const [kept] = await db.owner.execute<{ n: number }>(sql`select count(*)::int as n from suppression`);
  expect(kept?.n).toBe(hashes.length);
  expect(await passOver()).toBe(1);
  expect(await placesOf()).toEqual([]);
});

it('never contacts an erased person whom a parse has found again', async () => {
  const home = await createHome(db);
  const held = await createAccount(home);
  await erasePerson(home.owner, { person: { telegramId: canary.telegramId }, hashPerson });
  await createRunningCampaign(home.at(later(noon, 1000)), [{ account: held, people: [seenPerson(canary)] }]);
  const reserved = await reserveAttempt(home.at(later(noon, 2000)).worker, { ...held, ...call });
  expect(reserved.kind).not.toBe('attempt');
});
