import { Api } from 'telegram';
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest';
import { createGramjsClient } from '#sandbox/testing/gramjs-client.ts';
import { RawClient } from '#sandbox/testing/raw-client.ts';
import { startTestServer, type TestServer } from '#sandbox/testing/test-server.ts';
import { RpcError } from './rpc-error.ts';

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

test('a method nobody serves is refused by name and reported', async () => {
  const client = createGramjsClient(served);
  onTestFinished(() => client.destroy());
  await client.connect();
  await expect(client.invoke(new Api.help.GetSupport())).rejects.toMatchObject({
    code: 400,
    errorMessage: 'METHOD_NOT_IMPLEMENTED_HELP_GETSUPPORT',
  });
  expect(served.unknownMethods).toContain('help.getSupport');
});

test('a call before the layer is known is refused', async () => {
  const client = await connect();
  const msgId = client.sendBody(Buffer.from('26b3fb1f', 'hex'));
  const { value } = await client.next((message) => message.reqMsgId === msgId);
  expect(value).toMatchObject({ errorCode: 400, errorMessage: 'CONNECTION_NOT_INITED' });
});

test('bytes that end too early are refused', async () => {
  const client = await connect();
  const msgId = client.sendBody(Buffer.from('0d0d9bdac6000000', 'hex'));
  const { value } = await client.next((message) => message.reqMsgId === msgId);
  expect(value).toMatchObject({ errorCode: 400, errorMessage: 'INPUT_FETCH_ERROR' });
});

test('whatever else a handler throws is a 500, reported with its cause', async () => {
  const client = await connect();
  expect(await client.call({ _: 'auth.logOut' })).toMatchObject({
    errorCode: 500,
    errorMessage: 'INTERNAL_A_BUG',
  });
  expect(served.internalErrors.at(-1)).toEqual(new Error('a bug'));
  expect(served.calls.at(-1)?.error).toMatchObject({ code: 500 });
});

test('an answer that lacks a required field, or is of another type, is a 500 that names it', async () => {
  const other = await startTestServer();
  onTestFinished(() => other.server.close());
  other.server.on('help.getSupport', () => ({ _: 'help.support', phoneNumber: '1' }));
  other.server.on('help.getInviteText', () => ({ _: 'help.support', phoneNumber: '1' }));
  const client = await RawClient.connect(other, other.home.port);
  onTestFinished(() => client.close());
  expect(await client.call({ _: 'help.getSupport' })).toMatchObject({
    errorCode: 500,
    errorMessage: 'INTERNAL_HELP_SUPPORT_USER_IS_MISSING',
  });
  expect(await client.call({ _: 'help.getInviteText' })).toMatchObject({
    errorMessage: 'INTERNAL_HELP_GETINVITETEXT_RESULT_MUST_BE_HELP_INVITETEXT_NOT_HELP_SUPPORT',
  });
  expect(String(other.internalErrors[0])).toContain('help.support.user is missing');
});

test('a handler registered twice, or for a method no layer has, throws', () => {
  expect(() => served.server.on('help.getConfig', () => true)).toThrow('help.getConfig is served already');
  expect(() => served.server.on('help.getConfg', () => true)).toThrow('no layer has help.getConfg');
});

test('an RpcError keeps its code and text', () => {
  expect(new RpcError(420, 'FLOOD_WAIT_3')).toMatchObject({ code: 420, text: 'FLOOD_WAIT_3' });
});
