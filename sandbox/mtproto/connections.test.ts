import { Api, type TelegramClient } from 'telegram';
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest';
import { createGramjsClient } from '#sandbox/testing/gramjs-client.ts';
import { RawClient } from '#sandbox/testing/raw-client.ts';
import { startTestServer, type TestServer } from '#sandbox/testing/test-server.ts';

const getNearestDc = { _: 'help.getNearestDc' };
const signIn = { _: 'account.updateStatus', offline: false };
let served: TestServer;
let mediaPort: number;
beforeAll(async () => {
  served = await startTestServer();
  mediaPort = (await served.server.listen(-2)).port;
});
afterAll(() => served.server.close());
beforeEach(() => {
  served.connectionEvents.length = 0;
});

async function connect(shared?: RawClient, port = served.home.port): Promise<RawClient> {
  const client = await RawClient.connect(served, port, shared);
  onTestFinished(() => client.close());
  return client;
}

async function connectGramjs(session = ''): Promise<TelegramClient> {
  const client = createGramjsClient({ ...served, session });
  onTestFinished(() => client.destroy());
  expect(await client.connect()).toBe(true);
  return client;
}

test('a signed-in key that calls on two open connections is destroyed, and both connections end', async () => {
  const first = await connect();
  await first.call(signIn);
  const second = await connect(first);
  const answer = await second.call(getNearestDc);
  expect(answer).toMatchObject({ errorCode: 406, errorMessage: 'AUTH_KEY_DUPLICATED' });
  await Promise.all([first.ended, second.ended]);
  const third = await connect(first);
  third.send(getNearestDc);
  expect(await third.nextError()).toBe(-404);
});

test('every call of the second connection is refused', async () => {
  const first = await connect();
  await first.call(signIn);
  const second = await connect(first);
  const answers = await Promise.all([second.call(getNearestDc), second.call(getNearestDc)]);
  expect(answers.map((answer) => answer.errorCode)).toEqual([406, 406]);
});

test('GramJS meets the destroyed session as AUTH_KEY_DUPLICATED', async () => {
  const first = await connectGramjs();
  await first.invoke(new Api.account.UpdateStatus({ offline: false }));
  const second = createGramjsClient({ ...served, session: String(first.session.save()) });
  onTestFinished(() => second.destroy());
  await expect(second.connect()).rejects.toMatchObject({ errorMessage: 'AUTH_KEY_DUPLICATED' });
});

test('a client that reconnects at once, over and over, keeps its session', async () => {
  const client = await connectGramjs();
  await client.invoke(new Api.account.UpdateStatus({ offline: false }));
  for (let round = 0; round < 10; round++) {
    await client.disconnect();
    expect(await client.connect()).toBe(true);
    expect((await client.invoke(new Api.help.GetNearestDc())).country).toBe('AQ');
  }
});

test('a socket whose end the server has yet to see does not count as a second connection', async () => {
  const first = await connect();
  await first.call(signIn);
  const second = await connect(first);
  const answer = second.call(getNearestDc);
  await first.close();
  expect(await answer).toMatchObject({ country: 'AQ' });
});

test('neither a key that is not signed in nor a media connection counts', async () => {
  const first = await connect();
  await first.call(getNearestDc);
  const second = await connect(first);
  expect(await second.call(getNearestDc)).toMatchObject({ country: 'AQ' });
  await second.close();
  await first.call(signIn);
  const media = await connect(first, mediaPort);
  expect(await media.call(getNearestDc)).toMatchObject({ country: 'AQ', thisDc: 2 });
  expect(await first.call(getNearestDc)).toMatchObject({ country: 'AQ' });
});

test('a connection is reported when it first carries a signed-in key, and when it ends', async () => {
  const first = await connect();
  await first.call(getNearestDc);
  expect(served.connectionEvents).toEqual([]);
  await first.call(signIn);
  const firstId = served.calls.at(-1)?.ctx.connectionId;
  expect(served.connectionEvents).toEqual([`open ${firstId}`]);
  await first.close();
  const second = await connect(first);
  await second.call(getNearestDc);
  const secondId = served.calls.at(-1)?.ctx.connectionId;
  expect(served.connectionEvents).toEqual([`open ${firstId}`, `close ${firstId}`, `open ${secondId}`]);
});

test('a forgotten key loses its connection and is unknown afterwards', async () => {
  const client = await connect();
  await client.call(signIn);
  const keyId = served.calls.at(-1)?.ctx.auth.id;
  expect(served.server.forgetKey((auth) => auth.id === keyId)).toBe(1);
  await client.ended;
  const again = await connect(client);
  again.send(getNearestDc);
  expect(await again.nextError()).toBe(-404);
});
