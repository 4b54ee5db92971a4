import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { nextMsgId, RawClient } from '#sandbox/testing/raw-client.ts';
import { startTestServer, type TestServer } from '#sandbox/testing/test-server.ts';
import { telegramSchema } from '#sandbox/tl/layers.ts';
import type { TlObject } from '#sandbox/tl/object.ts';
import { list, long } from '#sandbox/tl/read.ts';
import { Writer } from '#sandbox/tl/writer.ts';
import { containerId, gzipPackedId } from './service-schema.ts';

const getNearestDc = { _: 'help.getNearestDc' };
const logOut = { _: 'auth.logOut' };
const layer = telegramSchema();
const slowAnswerMs = 50;
let served: TestServer;
beforeAll(async () => {
  served = await startTestServer();
});
afterAll(() => served.server.close());

async function connect(): Promise<RawClient> {
  const client = await RawClient.connect(served, served.home.port);
  onTestFinished(() => client.close());
  return client;
}

test('the salt of the exchange is good, and a session is greeted once', async () => {
  const client = await connect();
  const msgId = client.send(getNearestDc);
  const { value } = await client.nextNamed('new_session_created');
  expect(value).toMatchObject({ firstMsgId: msgId, serverSalt: client.salt });
  await client.call(getNearestDc);
  expect(client.received.map((message) => message.value._)).not.toContain('new_session_created');
});

test('a wrong salt is refused with the right one, and its message does not run', async () => {
  const client = await connect();
  const before = served.calls.length;
  const badMsgId = client.send(getNearestDc, { salt: client.salt + 1n });
  const { value } = await client.nextNamed('bad_server_salt');
  expect(value).toMatchObject({ badMsgId, errorCode: 48, newServerSalt: client.salt });
  expect(served.calls).toHaveLength(before);
});

test('future salts follow one another without a gap, from the current one', async () => {
  const client = await connect();
  const reqMsgId = client.send({ _: 'get_future_salts', num: 5 });
  const { value } = await client.nextNamed('future_salts');
  const salts = list(value, 'salts');
  expect(value.reqMsgId).toBe(reqMsgId);
  expect(salts).toHaveLength(5);
  expect(salts[0]).toMatchObject({ salt: client.salt });
  for (const [index, salt] of salts.slice(1).entries()) {
    expect(Number(salt.validSince)).toBeLessThanOrEqual(Number(salts[index]?.validUntil));
  }
});

test.each([
  ['five minutes old', -400n, 0n, 16],
  ['from the future', 60n, 0n, 17],
  ['not divisible by four', 0n, 2n, 18],
])('a message id %s is refused', async (_, aheadSeconds, extra, errorCode) => {
  const client = await connect();
  const msgId = nextMsgId() + (aheadSeconds << 32n) + extra;
  client.send(getNearestDc, { msgId });
  expect((await client.nextNamed('bad_msg_notification')).value).toMatchObject({
    badMsgId: msgId,
    errorCode,
  });
});

test('a message sent twice runs once and is answered twice', async () => {
  const client = await connect();
  const before = served.calls.length;
  const msgId = nextMsgId();
  const first = await client.call(getNearestDc, { msgId });
  expect(await client.call(getNearestDc, { msgId })).toEqual(first);
  expect(served.calls).toHaveLength(before + 1);
});

test('a message sent twice while it runs is answered once', async () => {
  const client = await connect();
  const before = served.calls.length;
  const msgId = nextMsgId();
  served.faults.push({ method: 'help.getNearestDc', action: { kind: 'delay', ms: slowAnswerMs } });
  client.send(getNearestDc, { msgId });
  await client.call(getNearestDc, { msgId });
  await client.call({ _: 'updates.getState' });
  expect(served.calls).toHaveLength(before + 2);
  expect(client.received.filter((message) => message.reqMsgId === msgId)).toHaveLength(0);
});

test('an acknowledged answer is not kept', async () => {
  const client = await connect();
  const msgId = client.send(getNearestDc);
  const answer = await client.next((message) => message.reqMsgId === msgId);
  client.send({ _: 'msgs_ack', msgIds: [answer.msgId] }, { seqNo: 0 });
  client.send(getNearestDc, { msgId });
  await client.call({ _: 'updates.getState' });
  expect(client.received.filter((message) => message.reqMsgId === msgId)).toHaveLength(0);
});

test('calls in one container, one of them packed, are all answered', async () => {
  const client = await connect();
  const plain = apiBody(getNearestDc);
  const messages = [plain, plain, packed(plain)].map((body) => ({ msgId: nextMsgId(), body }));
  const container = new Writer();
  container.int(containerId);
  container.int(messages.length);
  for (const { msgId, body } of messages) {
    container.long(msgId);
    container.int(1);
    container.int(body.length);
    container.raw(body);
  }
  client.sendBody(container.finish(), { seqNo: 2 });
  for (const { msgId } of messages) {
    const { value } = await client.next((message) => message.reqMsgId === msgId);
    expect(value).toMatchObject({ country: 'AQ' });
  }
});

test('a query packed inside its wrapper is read', async () => {
  const client = await connect();
  const query = { _: 'gzip_packed', packedData: gzipSync(apiBody(getNearestDc).subarray(8)) };
  expect(await client.call(query)).toMatchObject({ country: 'AQ' });
});

test('invokeAfterMsg waits for the earlier call, and fails when that failed', async () => {
  const client = await connect();
  served.faults.push({ method: 'users.getUsers', action: { kind: 'delay', ms: slowAnswerMs } });
  const slow = client.send({ _: 'users.getUsers', id: [] });
  const after = client.send({ _: 'invokeAfterMsg', msgId: slow, query: getNearestDc });
  await client.next((message) => message.reqMsgId === after);
  expect(served.calls.slice(-2).map((call) => call.method)).toEqual(['users.getUsers', 'help.getNearestDc']);
  const failed = client.send(logOut);
  const refused = await client.call({ _: 'invokeAfterMsgs', msgIds: [slow, failed], query: getNearestDc });
  expect(refused).toMatchObject({ errorCode: 400, errorMessage: 'MSG_WAIT_FAILED' });
});

test('a dropped answer is not sent, and its call still runs', async () => {
  const client = await connect();
  const before = served.calls.length;
  served.faults.push({ method: 'help.getNearestDc', action: { kind: 'delay', ms: slowAnswerMs } });
  const dropped = client.send(getNearestDc);
  const answer = await client.call({ _: 'rpc_drop_answer', reqMsgId: dropped });
  expect(answer._).toBe('rpc_answer_dropped_running');
  await client.call({ _: 'invokeAfterMsg', msgId: dropped, query: { _: 'updates.getState' } });
  expect(served.calls.slice(before).map((call) => call.method)).toEqual([
    'help.getNearestDc',
    'updates.getState',
  ]);
  expect(client.received.filter((message) => message.reqMsgId === dropped)).toHaveLength(0);
  expect((await client.call({ _: 'rpc_drop_answer', reqMsgId: dropped }))._).toBe('rpc_answer_unknown');
});

test('the states of messages tell received from unknown', async () => {
  const client = await connect();
  const known = client.send(getNearestDc);
  await client.next((message) => message.reqMsgId === known);
  client.send({ _: 'msgs_state_req', msgIds: [known, known - 4n] });
  expect((await client.nextNamed('msgs_state_info')).value.info).toEqual(Buffer.from([4 + 64, 2]));
});

test('a destroyed session is confirmed outside rpc_result, an unknown one denied', async () => {
  const client = await connect();
  await client.call(getNearestDc);
  const old = client.sessionId;
  client.sessionId = old + 1n;
  client.send({ _: 'destroy_session', sessionId: old });
  expect((await client.nextNamed('destroy_session_ok')).reqMsgId).toBeUndefined();
  client.send({ _: 'destroy_session', sessionId: old });
  expect(long((await client.nextNamed('destroy_session_none')).value, 'sessionId')).toBe(old);
});

test('ping_delay_disconnect answers, and ends the connection unless asked again', async () => {
  const client = await connect();
  client.send({ _: 'ping_delay_disconnect', pingId: 1n, disconnectDelay: 0 });
  client.send({ _: 'ping_delay_disconnect', pingId: 2n, disconnectDelay: 60 });
  const msgId = client.send({ _: 'ping', pingId: 3n });
  expect((await client.next(({ value }) => value.pingId === 3n)).value).toMatchObject({ _: 'pong', msgId });
  client.send({ _: 'ping_delay_disconnect', pingId: 4n, disconnectDelay: 0 });
  await client.ended;
});

test('what the layer does not know is refused and reported by its id', async () => {
  const client = await connect();
  const msgId = client.sendBody(Buffer.from('0d0d9bdac6000000efbeadde', 'hex'));
  const { value } = await client.next((message) => message.reqMsgId === msgId);
  expect(value).toMatchObject({ errorCode: 400, errorMessage: 'INPUT_METHOD_INVALID_DEADBEEF' });
  expect(served.unknownMethods).toContain('#deadbeef');
});

test('a packet made with an unknown key is answered -404', async () => {
  const client = await connect();
  client.authKey = Buffer.alloc(256, 7);
  client.send(getNearestDc);
  expect(await client.nextError()).toBe(-404);
});

function apiBody(query: TlObject): Buffer {
  return layer.encode({ _: 'invokeWithLayer', layer: 198, query });
}

function packed(body: Buffer): Buffer {
  const writer = new Writer();
  writer.int(gzipPackedId);
  writer.bytes(gzipSync(body));
  return writer.finish();
}
