import { Bot, InlineKeyboard } from 'grammy';
import { Api, type TelegramClient } from 'telegram';
import { NewMessage, Raw } from 'telegram/events/index.js';
import { afterAll, beforeAll, expect, it, onTestFinished } from 'vitest';
import { TOKEN } from '#sandbox/testing/bot-token.ts';
import { createSandbox, type Sandbox } from './compose.ts';
import { type ControlClient, createControlClient } from './control/client.ts';
import { createGramjsClient } from './testing/gramjs-client.ts';

const PHONE = '9996620001';

let sandbox: Sandbox;
let control: ControlClient;

beforeAll(async () => {
  sandbox = await createSandbox({ seed: 3, scenario: { name: 'empty' } });
  control = createControlClient(sandbox.control.url);
  await control.seed({
    users: [
      { id: '7000000001', firstName: 'Usher', username: 'usher_bot', bot: { token: TOKEN } },
      { firstName: 'Anna', username: 'anna', phone: PHONE, dcId: 2 },
    ],
  });
});
afterAll(async () => {
  const { unknownMethods, internalErrors } = await control.state();
  await sandbox.close();
  expect({ unknownMethods, internalErrors }).toEqual({
    unknownMethods: { mtproto: {}, bot: {} },
    internalErrors: [],
  });
});

async function connect(): Promise<TelegramClient> {
  const home = sandbox.endpoints.filter((endpoint) => endpoint.dcId === 2);
  const client = createGramjsClient({ rsa: sandbox.rsa, endpoints: home });
  onTestFinished(() => client.destroy());
  await client.connect();
  return client;
}

const credentials = { apiId: 1, apiHash: 'hash' };

it('shows one conversation to a signed-in account over MTProto and to its bot over the Bot API', async () => {
  const bot = new Bot(TOKEN, { client: { apiRoot: sandbox.botApi.url } });
  bot.command('start', (ctx) =>
    ctx.reply('Hello', { reply_markup: new InlineKeyboard().text('Pause', 'pause') }),
  );
  bot.callbackQuery('pause', (ctx) => ctx.answerCallbackQuery({ text: 'Paused', show_alert: true }));
  void bot.start();
  onTestFinished(() => bot.stop());

  const client = await connect();
  const { phoneCodeHash } = await client.sendCode(credentials, PHONE);
  const phoneCode = await control.code(PHONE);
  await client.invoke(new Api.auth.SignIn({ phoneNumber: PHONE, phoneCodeHash, phoneCode }));

  const replied = new Promise<Api.Message>((resolve) => {
    client.addEventHandler((event) => {
      if (!event.message.out) resolve(event.message);
    }, new NewMessage({}));
  });
  await client.sendMessage('usher_bot', { message: '/start' });
  const message = await replied;
  expect(message.message).toBe('Hello');
  const answer = await client.invoke(
    new Api.messages.GetBotCallbackAnswer({
      peer: 'usher_bot',
      msgId: message.id,
      data: Buffer.from('pause'),
    }),
  );
  expect([answer.alert, answer.message]).toEqual([true, 'Paused']);

  const conversation = await control.conversation('anna', 'usher_bot');
  expect(conversation.messages.map((entry) => entry.text)).toEqual(['/start', 'Hello']);
});

it('lets a person accept a QR code through control, which the waiting client is told', async () => {
  const client = await connect();
  const accepted = new Promise<void>((resolve) => {
    client.addEventHandler((update) => {
      if (update instanceof Api.UpdateLoginToken) resolve();
    }, new Raw({}));
  });
  const exportToken = () => client.invoke(new Api.auth.ExportLoginToken({ ...credentials, exceptIds: [] }));
  const shown = await exportToken();
  if (!(shown instanceof Api.auth.LoginToken)) throw new Error('no code to show');
  const { session } = await control.acceptLogin(
    'anna',
    `tg://login?token=${shown.token.toString('base64url')}`,
  );
  await accepted;
  expect(await exportToken()).toBeInstanceOf(Api.auth.LoginTokenSuccess);
  const { sessions } = await control.state();
  expect(sessions).toContainEqual(expect.objectContaining({ session, dcId: 2, connections: 1 }));
  await expect(control.acceptLogin('anna', shown.token.toString('base64url'))).rejects.toThrow(
    'AUTH_TOKEN_INVALID',
  );
});

it('hands out the ledger from any call on', async () => {
  const client = await connect();
  await client.invoke(new Api.help.GetConfig());
  const all = await control.ledger();
  const calls = all.filter((line) => line.kind === 'rpc');
  const next = calls.at(-2);
  if (!next) throw new Error('fewer calls than expected');
  const later = await control.ledger({ since: next.seq });
  expect(later.filter((line) => line.kind === 'rpc').map((line) => line.seq)).toEqual([calls.at(-1)?.seq]);
  expect(calls.at(-1)).toMatchObject({ method: 'help.getConfig', error: null });
});
