import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { everybody } from '#core/audience/people-wish.ts';
import type { AudienceSource } from '#core/audience/source.ts';
import { audience, audienceMember, person } from '../schema/index.ts';
import { createAudience, createHome, type Home } from '../testing/factories.ts';
import { createTestDb, type TestDb } from '../testing/test-db.ts';
import { requestAudience } from './request-audience.ts';

let db: TestDb;
let home: Home;
beforeAll(async () => {
  db = await createTestDb();
  home = await createHome(db);
});
afterAll(() => db.close());

const list = (names: string[], basis: AudienceSource['typedBasis'] = 'collected') =>
  createAudience(home, {
    typed: names.map((text, index) => ({ line: index + 1, text })),
    typedBasis: basis,
  });
const membersOf = async (audienceId: string) => {
  const rows = await db.owner
    .select({ name: person.username, basis: audienceMember.basis, origin: audienceMember.origin })
    .from(audienceMember)
    .innerJoin(person, eq(person.id, audienceMember.personId))
    .where(eq(audienceMember.audienceId, audienceId))
    .orderBy(audienceMember.position);
  return rows.map(({ name, basis, origin }) => `${name} ${basis} ${origin}`);
};

test('audiences are joined, crossed and taken away, and everybody keeps the best basis they have', async () => {
  const one = await list(['anna_k', 'boris_b', 'clara_c']);
  const two = await list(['boris_b', 'clara_c', 'david_d'], 'opted_in');
  const three = await list(['clara_c']);

  expect(await membersOf(await createAudience(home, { union: [one, two] }))).toEqual([
    'anna_k collected audience',
    'boris_b opted_in audience',
    'clara_c opted_in audience',
    'david_d opted_in audience',
  ]);
  expect(await membersOf(await createAudience(home, { intersection: [one, two], minus: [three] }))).toEqual([
    'boris_b opted_in audience',
  ]);
  expect(await membersOf(await createAudience(home, { intersection: [one, one] }))).toHaveLength(3);
});

test('a segment holds everybody the workspace knows who fits', async () => {
  await list(['segment_one', 'segment_two', 'other_one']);
  const found = await createAudience(home, { segment: { search: '@segment', filter: everybody } });
  expect(await membersOf(found)).toEqual(
    expect.arrayContaining(['segment_one collected segment', 'segment_two collected segment']),
  );
  expect(await membersOf(found)).toHaveLength(2);
});

test('what is not ready or not ours cannot be built from', async () => {
  const unready = await requestAudience(home.owner, {
    name: 'Later',
    source: { typed: [{ line: 1, text: 'anna_k' }] },
  });
  const from = (source: Partial<AudienceSource>) => requestAudience(home.owner, { name: 'x', source });
  await expect(from({ union: [unready.audienceId] })).rejects.toMatchObject({ code: 'audience.not_ready' });
  const [foreign] = await db.owner
    .select({ id: audience.id })
    .from(audience)
    .where(
      eq(audience.id, await createAudience(await createHome(db), { typed: [{ line: 1, text: 'eve_e' }] })),
    );
  await expect(from({ minus: [foreign!.id], union: [] })).rejects.toMatchObject({ code: 'audience.empty' });
  await expect(from({ union: [foreign!.id] })).rejects.toMatchObject({ code: 'not_found' });
});
