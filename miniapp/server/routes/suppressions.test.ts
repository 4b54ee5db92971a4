import { afterAll, beforeAll, expect, it } from 'vitest';
import { createHashPerson } from '#db/person-hash.ts';
import { stopContact } from '#db/stopped-people.ts';
import { suppressionPageSchema } from '#miniapp/contract/audiences.ts';
import { createTestServer, problemOf, type TestServer } from '#miniapp/server/testing/test-server.ts';

let server: TestServer;
let owner: string;

beforeAll(async () => {
  server = await createTestServer({ changing: 1000, reading: 1000 });
  owner = await server.signIn((await server.claim('Harbour')).telegramId);
  await post('suppressions', {
    telegramId: '501',
    username: 'quiet_one',
    scope: 'workspace',
    reason: 'asked',
  });
  await post('suppressions', { username: 'quiet_two', scope: 'global', reason: '=wrote to us' });
});
afterAll(() => server.close());

const get = (path: string) => server.request(`/api/v1/${path}`, server.as(owner));
const post = (path: string, body: object) =>
  server.request(
    `/api/v1/${path}`,
    server.as(owner, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    }),
  );
const find = async (person: string) =>
  suppressionPageSchema.parse(await (await get(`suppressions?person=${person}`)).json());

it('finds what is kept of one person, by any of their names', async () => {
  expect((await find('@Quiet_One')).items).toMatchObject([{ scope: 'workspace', reason: 'asked' }]);
  expect((await find('501')).total).toBe(1);
  expect(await find('@nobody_here')).toMatchObject({ items: [], total: 0, hasStopped: false });
  expect(await problemOf(await get('suppressions?person=a%20b'))).toMatchObject({
    code: 'target.identifier_malformed',
  });
});

it('takes and finds a phone number however it is written, and never guesses its country', async () => {
  const wish = { scope: 'workspace', reason: 'asked' };
  expect((await post('suppressions', { phone: '+44 (7700) 900-501', ...wish })).status).toBe(204);
  expect((await find(encodeURIComponent('+447700900501'))).total).toBe(1);
  const refused = await post('suppressions', { phone: '07700 900501', ...wish });
  expect(await problemOf(refused)).toMatchObject({ code: 'invalid_input' });
  expect(await problemOf(await get('suppressions?person=07700%20900501'))).toMatchObject({
    code: 'target.phone_malformed',
  });
  const lifted = await post('suppressions/lift', { person: '+447700900501', reason: 'mistaken' });
  expect(await lifted.json()).toEqual({ lifted: 1 });
});

it('tells of somebody who told the bot to stop', async () => {
  await stopContact(server.db.app, {
    ...{ person: { telegramId: '777' }, now: server.business.now },
    hashPerson: createHashPerson(Buffer.alloc(32, 6)),
  });
  expect(await find('777')).toMatchObject({ items: [], hasStopped: true });
});

it('is exported with hashes and without a name or a live formula', async () => {
  const text = await (await get('suppressions/export')).text();
  expect(text.split('\r\n')).toHaveLength(5);
  expect(text).toMatch(/[0-9a-f]{64},global,,"'=wrote to us",/);
  expect(text).not.toContain('quiet');
});

it('is lifted for a reason, which the audit keeps', async () => {
  expect(await problemOf(await post('suppressions/lift', { person: '501' }))).toMatchObject({
    code: 'invalid_input',
    fields: ['reason'],
  });
  const lifted = await post('suppressions/lift', { person: '@quiet_two', reason: 'changed their mind' });
  expect(await lifted.json()).toEqual({ lifted: 1 });
  expect((await find('@quiet_two')).total).toBe(0);
  const audit = (await (await get('audit')).json()) as { items: { action: string; after: object }[] };
  expect(audit.items.find(({ action }) => action === 'person.suppression_lifted')?.after).toEqual({
    reason: 'changed their mind',
  });
  expect((await post('suppressions/lift', { person: '@quiet_two', reason: 'again' })).status).toBe(404);
});
