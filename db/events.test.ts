import { afterEach, beforeEach, expect, test } from 'vitest';
import { appendAudit, runCommand } from './command.ts';
import type { CommandContext } from './context.ts';
import {
  lastPosition,
  listEvents,
  listenForEvents,
  listenForOutbox,
  publishEvents,
  readerPosition,
  saveReaderPosition,
} from './events.ts';
import { appendEvent } from './outbox.ts';
import { createHome } from './testing/factories.ts';
import { createTestDb, type TestDb } from './testing/test-db.ts';

// Positions run through all workspaces, so every test has a database of its own.
let db: TestDb;
beforeEach(async () => {
  db = await createTestDb();
});
afterEach(() => db.close());

const tell = (ctx: CommandContext, campaignId: string, fails = false) =>
  runCommand(ctx, 'operator', async (tx) => {
    await appendEvent(tx, ctx, { kind: 'campaign.progressed', payload: { campaignId } });
    await appendAudit(tx, ctx, { action: 'campaign.progressed' });
    if (fails) throw new Error('rolled back');
  });
const deferred = () => {
  let resolve = () => {};
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve: () => resolve() };
};
const payloadsAfter = async (afterPosition: number, workspaceId?: string) => {
  const events = await listEvents(db.app, { afterPosition, limit: 100, ...(workspaceId && { workspaceId }) });
  return events.map((event) => [event.position, event.payload]);
};

test('events get positions without gaps, once, whoever publishes', async () => {
  const home = await createHome(db);
  for (const id of ['a', 'b', 'c']) await tell(home.worker, id);
  await Promise.all([publishEvents(db.worker), publishEvents(db.worker), publishEvents(db.worker)]);
  await tell(home.worker, 'd');
  await publishEvents(db.worker);
  expect(await payloadsAfter(1)).toEqual([
    [2, { campaignId: 'b' }],
    [3, { campaignId: 'c' }],
    [4, { campaignId: 'd' }],
  ]);
  expect(await lastPosition(db.app)).toBe(4);
});

test('an event of a transaction that failed is never published', async () => {
  const home = await createHome(db);
  await expect(tell(home.worker, 'lost', true)).rejects.toThrow('rolled back');
  await publishEvents(db.worker);
  expect(await payloadsAfter(0)).toEqual([]);
});

test('a reader of one workspace sees its events only', async () => {
  const [home, other] = [await createHome(db), await createHome(db)];
  await tell(home.worker, 'mine');
  await tell(other.worker, 'theirs');
  await publishEvents(db.worker);
  expect(await payloadsAfter(0, home.workspaceId)).toEqual([[1, { campaignId: 'mine' }]]);
  expect(await payloadsAfter(0)).toHaveLength(2);
});

test('a person’s command wakes the relay at once, and publishing wakes the readers', async () => {
  const home = await createHome(db);
  const relayWoken = deferred();
  const readerWoken = deferred();
  let isListening = false;
  const stops = [
    await listenForOutbox(db.sql, () => isListening && relayWoken.resolve()),
    await listenForEvents(db.sql, () => isListening && readerWoken.resolve()),
  ];
  isListening = true;
  await tell(home.owner, 'asked');
  await relayWoken.promise;
  await publishEvents(db.worker);
  await readerWoken.promise;
  await Promise.all(stops.map((stop) => stop()));
});

test('a reader goes on where it was', async () => {
  expect(await readerPosition(db.app, 'alerts')).toBe(0);
  await saveReaderPosition(db.app, 'alerts', 7);
  await saveReaderPosition(db.app, 'alerts', 9);
  expect(await readerPosition(db.app, 'alerts')).toBe(9);
});
