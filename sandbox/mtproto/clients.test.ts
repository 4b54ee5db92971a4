import { Api, type TelegramClient } from 'telegram';
import { Raw } from 'telegram/events/index.js';
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { createGramjsClient, type GramjsOptions } from '#sandbox/testing/gramjs-client.ts';
import { createMtcuteClient } from '#sandbox/testing/mtcute-client.ts';
import { startTestServer, type TestServer } from '#sandbox/testing/test-server.ts';

let served: TestServer;
beforeAll(async () => {
  served = await startTestServer({ gzipOverBytes: 1000 });
});
afterAll(() => served.server.close());

async function connectGramjs(options: Partial<GramjsOptions> = {}): Promise<TelegramClient> {
  const client = createGramjsClient({ ...served, ...options });
  onTestFinished(() => client.destroy());
  expect(await client.connect()).toBe(true);
  return client;
}

function connectMtcute() {
  const client = createMtcuteClient(served.rsa, served.home);
  onTestFinished(() => client.destroy());
  return client;
}

const transports = [
  ['full', 'full'],
  ['abridged', 'abridged'],
  ['obfuscated', 'obfuscated abridged'],
] as const;

describe.each(transports)('GramJS over the %s transport', (transport, name) => {
  test('exchanges keys, reads the config and calls', async () => {
    const client = await connectGramjs({ transport });
    const answer = await client.invoke(new Api.help.GetNearestDc());
    expect(answer.country).toBe('AQ');
    const connection = [...served.server.connections()].find((info) => info.transport === name);
    expect(connection?.auth).toMatchObject({ dcId: 2, layer: 198, api: { _: 'initConnection', apiId: 1 } });
  });
});

test('twenty concurrent calls are each answered with their own result', async () => {
  const client = await connectGramjs();
  const asked = Array.from({ length: 20 }, (_, index) => `key${index}`);
  const answers = await Promise.all(
    asked.map((key) =>
      client.invoke(new Api.langpack.GetStrings({ langPack: '', langCode: 'en', keys: [key] })),
    ),
  );
  expect(answers.map(([answer]) => answer?.key)).toEqual(asked);
});

test('long answers and long requests travel packed', async () => {
  const keys = Array.from({ length: 500 }, (_, index) => `a key with number ${index}`);
  const gramjs = await connectGramjs();
  const fromGramjs = await gramjs.invoke(new Api.langpack.GetStrings({ langPack: '', langCode: 'en', keys }));
  expect(fromGramjs.map((string) => string.key)).toEqual(keys);
  const mtcute = connectMtcute();
  const fromMtcute = await mtcute.call({ _: 'langpack.getStrings', langPack: '', langCode: 'en', keys });
  expect(fromMtcute.map((string) => string.key)).toEqual(keys);
});

test('mtcute is served in its own layer beside GramJS, over the intermediate transport', async () => {
  await connectGramjs();
  const mtcute = connectMtcute();
  expect(await mtcute.call({ _: 'help.getNearestDc' })).toMatchObject({ country: 'AQ', thisDc: 2 });
  const transportsByLayer = [...served.server.connections()].map(({ auth, transport }) => [
    auth?.layer,
    transport,
  ]);
  expect(transportsByLayer).toContainEqual([198, 'full']);
  expect(transportsByLayer).toContainEqual([227, 'intermediate']);
});

test('a saved session comes back with its key and without another exchange', async () => {
  const first = await connectGramjs();
  const session = String(first.session.save());
  await first.disconnect();
  const keysBefore = [...served.server.keys()].length;
  const second = await connectGramjs({ session });
  expect((await second.invoke(new Api.help.GetNearestDc())).thisDc).toBe(2);
  expect([...served.server.keys()]).toHaveLength(keysBefore);
});

test('pushed updates reach the sessions they are meant for, in both clients, and no others', async () => {
  const update = { _: 'updateShort', update: { _: 'updateConfig' }, date: 1 };
  const gramjs = await connectGramjs();
  const other = await connectGramjs();
  const mtcute = connectMtcute();
  await mtcute.call({ _: 'help.getNearestDc' });
  await gramjs.invoke(new Api.account.UpdateStatus({ offline: false }));
  await mtcute.call({ _: 'account.updateStatus', offline: false });
  const seen: string[] = [];
  other.addEventHandler(() => seen.push('other'), new Raw({ types: [Api.UpdateConfig] }));
  const atGramjs = new Promise((resolve) =>
    gramjs.addEventHandler(resolve, new Raw({ types: [Api.UpdateConfig] })),
  );
  const atMtcute = new Promise((resolve) => mtcute.onServerUpdate.add(resolve));
  served.server.push((auth) => auth.userId === '1', update);
  await Promise.all([atGramjs, atMtcute]);
  await other.invoke(new Api.help.GetNearestDc());
  expect(seen).toEqual([]);
});

test('the other data centre has keys of its own', async () => {
  const client = createGramjsClient({ ...served, endpoints: served.endpoints.toReversed() });
  onTestFinished(() => client.destroy());
  await client.connect();
  expect((await client.invoke(new Api.help.GetNearestDc())).thisDc).toBe(4);
});
