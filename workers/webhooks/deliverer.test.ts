import { createHmac } from 'node:crypto';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createInvitation } from '#db/commands/create-invitation.ts';
import { createWebhook } from '#db/commands/create-webhook.ts';
import { enableWebhook } from '#db/commands/enable-webhook.ts';
import { setLanguage } from '#db/commands/set-language.ts';
import { publishEvents } from '#db/events.ts';
import { listDeliveries, listWebhooks } from '#db/queries/list-webhooks.ts';
import { createHome, type Home, noon } from '#db/testing/factories.ts';
import { createTestDb, type TestDb } from '#db/testing/test-db.ts';
import { takeDueDeliveries } from '#db/webhook-deliveries.ts';
import { createWebhookSeal } from '#db/webhook-secret.ts';
import { deliverDue, startDeliverer } from './deliverer.ts';

type Got = { headers: IncomingMessage['headers']; body: string };

let db: TestDb;
let home: Home;
let receiver: Server;
let url: string;
let got: Got[];
let answers: number[];
let onGot: () => void;
const seal = createWebhookSeal(Buffer.alloc(32, 6));
const logged: string[] = [];
const log = (fields: object, message: string) => void logged.push(JSON.stringify(fields) + message);

beforeAll(async () => {
  db = await createTestDb();
  receiver = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      got.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
      response.writeHead(answers.shift() ?? 200, { location: `${url}/elsewhere` }).end();
      onGot();
    });
  });
  await new Promise<void>((resolve) => receiver.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`;
});
afterAll(async () => {
  await new Promise((resolve) => receiver.close(resolve));
  await db.close();
});
beforeEach(async () => {
  await db.owner.execute(sql`truncate webhook_delivery, webhook cascade`);
  home = await createHome(db);
  [got, answers, onGot] = [[], [], () => {}];
});

const webhooks = async () => (await listWebhooks(home.owner, { limit: 9 })).items;
const deps = (more: object = {}) => ({
  db: db.worker,
  clock: { now: () => noon, realMsUntil: () => 0 },
  log: { debug: log, info: log, warn: log, error: log },
  seal,
  random: () => 0,
  mayReach: () => true,
  ...more,
});
const make = (more: object = {}) => createWebhook(home.owner, { url, seal, ...more });
const invite = () => createInvitation(home.owner, { role: 'viewer', expiresAt: noon });
const round = async (more: object = {}) => {
  await publishEvents(db.worker);
  await deliverDue(deps(more));
};
const listOf = (webhookId: string) => listDeliveries(home.owner, { webhookId, limit: 100 });
const makeDue = () =>
  db.owner.execute(sql`update webhook_delivery set due_at = clock_timestamp() where due_at is not null`);

test('what happens is told once, signed so that the receiver can check it', async () => {
  const { webhookId, secret } = await make({ kinds: ['invitation.created'] });
  const { invitationId } = await invite();
  await round();
  await round();
  expect(got).toHaveLength(1);
  const { headers, body } = got[0]!;
  const told = JSON.parse(body) as { id: string; position: number };
  expect(told).toMatchObject({
    workspaceId: home.workspaceId,
    kind: 'invitation.created',
    at: noon.toISOString(),
    payload: { invitationId },
  });
  expect(headers['webhook-id']).toBe(told.id);
  const signed = `${told.id}.${headers['webhook-timestamp']}.${body}`;
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64');
  const expected = createHmac('sha256', key).update(signed).digest('base64');
  expect(headers['webhook-signature']).toBe(`v1,${expected}`);
  expect(Math.abs(Date.now() / 1000 - Number(headers['webhook-timestamp']))).toBeLessThan(60);
  expect((await listOf(webhookId)).items).toMatchObject([{ tries: 1, answer: '200', dueAt: null }]);
});

test('it is told nothing of other workspaces, of other kinds, and of what was before it', async () => {
  await invite();
  await publishEvents(db.worker);
  const { webhookId } = await make({ kinds: ['invitation.created'] });
  const other = await createHome(db);
  await createInvitation(other.owner, { role: 'viewer', expiresAt: noon });
  await setLanguage(home.owner, { operatorId: home.operatorId, language: 'ru' });
  const { invitationId } = await invite();
  await round();
  expect(got.map(({ body }) => JSON.parse(body))).toMatchObject([
    { workspaceId: home.workspaceId, kind: 'invitation.created', payload: { invitationId } },
  ]);
  expect((await listOf(webhookId)).total).toBe(1);
});

test('a refusal is tried again after a growing wait, with the same id; a redirection is no success', async () => {
  const { webhookId } = await make({ kinds: ['invitation.created'] });
  await invite();
  answers = [500, 302];
  await round();
  const [first] = (await listOf(webhookId)).items;
  expect(first).toMatchObject({ tries: 1, answer: '500', deliveredAt: null });
  const waitMs = first!.dueAt!.getTime() - Date.now();
  expect(waitMs).toBeGreaterThan(5_000);
  expect(waitMs).toBeLessThan(12_001);
  await round();
  expect(got).toHaveLength(1);
  await makeDue();
  await round();
  expect((await listOf(webhookId)).items).toMatchObject([{ tries: 2, answer: '302' }]);
  await makeDue();
  await round();
  expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  expect(got).toHaveLength(3);
  expect(await webhooks()).toMatchObject([{ failingSince: null, waiting: 0 }]);
});

test('a worker that ends in the middle costs a repetition and loses nothing', async () => {
  const { webhookId } = await make({ kinds: ['invitation.created'] });
  await invite();
  await publishEvents(db.worker);
  await deliverDue(deps({ mayReach: () => false }));
  await makeDue();
  expect(await takeDueDeliveries(db.worker, { limit: 10 })).toHaveLength(1);
  expect(await takeDueDeliveries(db.worker, { limit: 10 })).toEqual([]);
  await makeDue();
  await round();
  expect((await listOf(webhookId)).items).toMatchObject([{ tries: 3, answer: '200' }]);
});

test.each([
  ['an address', () => url],
  ['a name', () => url.replace('127.0.0.1', 'localhost')],
])('%s that leads inside by now is not spoken to', async (_, address) => {
  const { webhookId } = await make({ url: address(), kinds: ['invitation.created'] });
  await invite();
  await publishEvents(db.worker);
  const { mayReach: _any, ...strict } = deps();
  await deliverDue(strict);
  expect(got).toEqual([]);
  expect((await listOf(webhookId)).items).toMatchObject([{ answer: 'ADDRESS_PRIVATE', deliveredAt: null }]);
});

test('after three days without an answer it is disabled and told as an event; enabled, it gets what it missed', async () => {
  const { webhookId } = await make({ kinds: ['invitation.created'] });
  await invite();
  answers = [500, 503];
  await round();
  await db.owner.execute(sql`update webhook set failing_since = failing_since - interval '3 days'`);
  await makeDue();
  await round();
  expect(await webhooks()).toMatchObject([{ disabledBecause: '503', waiting: 1 }]);
  const told = await db.owner.execute<{ kind: string }>(
    sql`select kind from outbox where workspace_id = ${home.workspaceId} order by id desc limit 1`,
  );
  expect(told[0]?.kind).toBe('webhook.disabled');
  await round();
  expect(got).toHaveLength(2);
  await enableWebhook(home.owner, { webhookId });
  await round();
  expect(got).toHaveLength(3);
  expect(await webhooks()).toMatchObject([{ disabledAt: null, failingSince: null, waiting: 0 }]);
});

test('many events reach it by the loop, each once, and no secret reaches the log', async () => {
  const { secret } = await make({ kinds: ['invitation.created'] });
  for (let count = 0; count < 40; count += 1) await invite();
  await publishEvents(db.worker);
  const all = new Promise<void>((resolve) => {
    onGot = () => {
      if (got.length === 40) resolve();
    };
  });
  const loops = [startDeliverer(deps()), startDeliverer(deps())];
  await all;
  await Promise.all(loops.map((loop) => loop.stop()));
  expect(new Set(got.map(({ headers }) => headers['webhook-id'])).size).toBe(40);
  expect(logged.join()).not.toContain(secret.slice(6));
});

test('a secret under another key signs nothing and is tried again', async () => {
  const { webhookId } = await make({ kinds: ['invitation.created'] });
  await invite();
  await round({ seal: createWebhookSeal(Buffer.alloc(32, 7)) });
  expect(got).toEqual([]);
  expect((await listOf(webhookId)).items).toMatchObject([{ answer: 'secret_lost' }]);
});
