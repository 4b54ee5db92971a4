import { Api, type TelegramClient } from 'telegram';
import { UpdateConnectionState } from 'telegram/network/index.js';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createGramjsClient } from '#sandbox/testing/gramjs-client.ts';
import { RawClient } from '#sandbox/testing/raw-client.ts';
import { startTestServer, type TestServer } from '#sandbox/testing/test-server.ts';
import type { FaultAction } from './server.ts';

const getNearestDc = { _: 'help.getNearestDc' };
let served: TestServer;
beforeAll(async () => {
  served = await startTestServer();
});
afterAll(() => served.server.close());

async function connectRaw(): Promise<RawClient> {
  const client = await RawClient.connect(served, served.home.port);
  onTestFinished(() => client.close());
  return client;
}

async function connectGramjs(): Promise<TelegramClient> {
  const client = createGramjsClient(served);
  onTestFinished(() => client.destroy());
  expect(await client.connect()).toBe(true);
  return client;
}

/** The next help.getNearestDc meets `action`. */
function inject(action: FaultAction): { calls: () => (string | undefined)[] } {
  const before = served.calls.length;
  served.faults.push({ method: 'help.getNearestDc', action });
  const isMine = ({ method }: { method: string }) => method === 'help.getNearestDc';
  return {
    calls: () =>
      served.calls
        .slice(before)
        .filter(isMine)
        .map(({ fault }) => fault),
  };
}

test('GramJS meets an injected flood wait as the real one', async () => {
  const client = await connectGramjs();
  const { calls } = inject({ kind: 'rpcError', code: 420, text: 'FLOOD_WAIT_37' });
  await expect(client.invoke(new Api.help.GetNearestDc())).rejects.toMatchObject({ code: 420, seconds: 37 });
  expect(calls()).toEqual(['rpcError']);
  expect(served.calls.at(-1)?.error).toMatchObject({ code: 420, text: 'FLOOD_WAIT_37' });
});

test.each([
  ['dropBefore', [undefined]],
  ['dropAfterEffect', ['dropAfterEffect', undefined]],
] as const)('GramJS sends again after %s', async (kind, effects) => {
  const client = await connectGramjs();
  await client.invoke(new Api.account.UpdateStatus({ offline: false }));
  const { calls } = inject({ kind });
  expect((await client.invoke(new Api.help.GetNearestDc())).country).toBe('AQ');
  expect(calls()).toEqual(effects);
  expect([...served.server.connections()].filter(({ auth }) => auth?.userId === '1')).toHaveLength(1);
});

test('GramJS sends again with the new salt after badSalt', async () => {
  const client = await connectGramjs();
  const { calls } = inject({ kind: 'badSalt' });
  expect((await client.invoke(new Api.help.GetNearestDc())).country).toBe('AQ');
  expect(calls()).toEqual([undefined]);
});

test('GramJS reads a packed reply', async () => {
  const client = await connectGramjs();
  inject({ kind: 'gzip' });
  expect((await client.invoke(new Api.help.GetNearestDc())).country).toBe('AQ');
});

test('GramJS follows a migration', async () => {
  const client = await connectGramjs();
  served.faults.push({ method: 'account.updateStatus', action: { kind: 'migrate', dcId: 4 } });
  expect(await client.invoke(new Api.account.UpdateStatus({ offline: true }))).toBe(true);
  expect((await client.invoke(new Api.help.GetNearestDc())).thisDc).toBe(4);
});

test('migration names the phone for sign-in methods', async () => {
  const client = await connectRaw();
  served.faults.push({ method: 'auth.logOut', action: { kind: 'migrate', dcId: 4 } });
  expect(await client.call({ _: 'auth.logOut' })).toMatchObject({
    errorCode: 303,
    errorMessage: 'PHONE_MIGRATE_4',
  });
});

test('GramJS learns of a forgotten key as a broken connection', async () => {
  const client = await connectGramjs();
  // GramJS tells its handlers nothing before it knows who it is.
  await client.getMe();
  inject({ kind: 'forgottenKey' });
  const keysBefore = [...served.server.keys()].length;
  const broken = new Promise<void>((resolve) => {
    client.addEventHandler((update) => {
      if (update instanceof UpdateConnectionState && update.state === UpdateConnectionState.broken) resolve();
    });
  });
  client.invoke(new Api.help.GetNearestDc()).catch(() => {});
  await broken;
  expect([...served.server.keys()]).toHaveLength(keysBefore - 1);
});

test('noReply runs the call and stays silent; the same message is answered when sent again', async () => {
  const client = await connectRaw();
  const { calls } = inject({ kind: 'noReply' });
  const msgId = client.send(getNearestDc);
  await client.call({ _: 'updates.getState' });
  expect(calls()).toEqual(['noReply']);
  expect(client.received.filter((message) => message.reqMsgId === msgId)).toEqual([]);
  expect(await client.call(getNearestDc, { msgId })).toMatchObject({ country: 'AQ' });
  expect(calls()).toHaveLength(1);
});

test('dropBefore leaves the message free to be sent again on another connection', async () => {
  const client = await connectRaw();
  const { calls } = inject({ kind: 'dropBefore' });
  const msgId = client.send(getNearestDc);
  await client.ended;
  const again = await RawClient.connect(served, served.home.port, client);
  onTestFinished(() => again.close());
  again.sessionId = client.sessionId;
  expect(await again.call(getNearestDc, { msgId })).toMatchObject({ country: 'AQ' });
  expect(calls()).toEqual([undefined]);
});

test('duplicateReply runs once and answers twice', async () => {
  const client = await connectRaw();
  const { calls } = inject({ kind: 'duplicateReply' });
  const msgId = client.send(getNearestDc);
  const answers = [1, 2].map(() => client.next((message) => message.reqMsgId === msgId));
  expect(new Set((await Promise.all(answers)).map((answer) => answer.msgId)).size).toBe(2);
  expect(calls()).toEqual(['duplicateReply']);
});

test('truncate sends a reply that cannot be read', async () => {
  const client = await connectRaw();
  const { calls } = inject({ kind: 'truncate' });
  expect(await client.call(getNearestDc)).toEqual({ _: 'unreadable', size: 8 });
  expect(calls()).toEqual(['truncate']);
});

test('stalled pongs stay away for their time, while calls are answered', async () => {
  const client = await connectRaw();
  inject({ kind: 'stallPongs', ms: 200 });
  const stalledUntil = Date.now() + 200;
  await client.call(getNearestDc);
  client.send({ _: 'ping', pingId: 1n });
  let pingId = 2n;
  while (!client.received.some(({ value }) => value._ === 'pong')) {
    client.send({ _: 'ping', pingId: pingId++ });
    await client.call(getNearestDc);
  }
  expect(Date.now()).toBeGreaterThanOrEqual(stalledUntil);
  expect(client.received.some(({ value }) => value.pingId === 1n)).toBe(false);
});

test('a delayed call ends with the server', async () => {
  const other = await startTestServer();
  const client = await RawClient.connect(other, other.home.port);
  other.faults.push({ method: 'help.getNearestDc', action: { kind: 'delay', ms: 3_600_000 } });
  client.send(getNearestDc);
  await client.call({ _: 'updates.getState' });
  await other.server.close();
  await client.ended;
  expect(other.calls.map(({ method }) => method)).toEqual(['updates.getState']);
});
