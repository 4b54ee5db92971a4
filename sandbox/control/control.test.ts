import { validate } from '@tma.js/init-data-node';
import { Bot, InlineKeyboard } from 'grammy';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { TOKEN } from '#sandbox/testing/bot-token.ts';
import { createSandbox, type Sandbox } from '../compose.ts';
import { type ControlClient, ControlRefusal, createControlClient } from './client.ts';

let sandbox: Sandbox;
let control: ControlClient;

beforeAll(async () => {
  sandbox = await createSandbox({ seed: 7, scenario: { name: 'empty' } });
  control = createControlClient(sandbox.control.url);
});
afterAll(() => sandbox.close());
beforeEach(async () => {
  await control.reset();
  await control.seed({
    users: [
      { id: '7000000001', firstName: 'Usher', username: 'usher_bot', bot: { token: TOKEN } },
      { firstName: 'Anna', username: 'anna', phone: '79990000001', languageCode: 'ru' },
    ],
  });
});

const refusalOf = async (call: Promise<unknown>) => {
  const error = await call.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof ControlRefusal)) throw new Error('control did not refuse');
  return error;
};

/** A raw request, so that headers a browser or an attacker would send can be set. */
const statusOf = async (path: string, headers: Record<string, string>, method = 'GET') => {
  const { request } = await import('node:http');
  return new Promise<number>((resolve, reject) => {
    request(`${sandbox.control.url}${path}`, { headers, method }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', reject)
      .end();
  });
};

it('lets a person write, press a button and read what the bot answered', async () => {
  const bot = new Bot(TOKEN, { client: { apiRoot: sandbox.botApi.url } });
  bot.command('start', (ctx) =>
    ctx.reply('Hello', { reply_markup: new InlineKeyboard().text('Pause', 'pause') }),
  );
  bot.callbackQuery('pause', async (ctx) => {
    await ctx.editMessageText('Paused');
    await ctx.answerCallbackQuery('Done');
  });
  void bot.start();
  const replied = new Promise<number>((resolve) =>
    sandbox.world.on((event) => {
      if (event.kind === 'message_sent' && event.message.keyboard) resolve(event.message.id);
    }),
  );
  await control.write('anna', { bot: 'usher_bot', text: '/start' });
  const messageId = await replied;
  expect(await control.press('@anna', { bot: 'usher_bot', messageId, button: 'Pause' })).toEqual({
    answered: true,
    text: 'Done',
  });
  const { messages, user } = await control.conversation('anna', 'usher_bot');
  expect(user).toMatchObject({ firstName: 'Anna', languageCode: 'ru' });
  expect(messages.map(({ from, text }) => [from, text])).toEqual([
    ['user', '/start'],
    ['bot', 'Paused'],
  ]);
  expect(messages[1]).toHaveProperty('editedAt');
  const calls = (await control.transcript({ bot: 'usher_bot' })).flatMap((entry) =>
    entry.kind === 'call' && entry.method !== 'getUpdates' ? entry.method : [],
  );
  expect(calls).toEqual(['getMe', 'deleteWebhook', 'sendMessage', 'editMessageText', 'answerCallbackQuery']);
  await bot.stop();
});

it('hands the bot a file a person sent', async () => {
  const base64 = Buffer.from('id\n1\n').toString('base64');
  await control.write('anna', { bot: 'usher_bot', document: { name: 'people.csv', base64 } });
  const bot = new Bot(TOKEN, { client: { apiRoot: sandbox.botApi.url } });
  const [update] = await bot.api.getUpdates();
  const file = await bot.api.getFile(update!.message!.document!.file_id);
  const content = await fetch(`${sandbox.botApi.url}/file/bot${TOKEN}/${file.file_path}`);
  expect(await content.text()).toBe('id\n1\n');
});

it('moves business time and changes its speed', async () => {
  const before = await control.clock();
  const after = await control.changeClock({ advanceMs: 3_600_000 });
  expect(Date.parse(after.now) - Date.parse(before.now)).toBeGreaterThanOrEqual(3_600_000);
  expect(await control.changeClock({ scale: 60 })).toMatchObject({ scale: 60 });
  await control.changeClock({ scale: 1 });
  expect((await refusalOf(control.changeClock({ advanceMs: -1 }))).status).toBe(400);
});

it('keeps fault rules of both APIs until they are taken away', async () => {
  const id = await control.addFault({
    match: { method: 'channels.inviteToChannel' },
    action: { kind: 'rpcError', text: 'PEER_FLOOD' },
  });
  const botId = await control.addFault({
    api: 'bot',
    match: { method: 'getMe', times: 1 },
    action: { kind: 'error', code: 502, description: 'Bad Gateway' },
  });
  expect(await control.faults()).toMatchObject({ mtproto: [{ struck: 0 }], bot: [{ id: botId }] });
  expect((await fetch(`${sandbox.botApi.url}/bot${TOKEN}/getMe`)).status).toBe(502);
  await control.removeFault(id);
  await control.removeFault(botId);
  expect(await control.faults()).toEqual({ mtproto: [], bot: [] });
  const refusal = await refusalOf(control.addFault({ action: { kind: 'explode' } } as never));
  expect(refusal.code).toBe('request.invalid');
});

it('configures both limit models', async () => {
  const limits = await control.changeLimits({
    mtproto: [{ methods: ['contacts.search'], capacity: 1, refillMs: 1000, answer: 'flood_wait' }],
    bot: { enabled: true, perBotPerSecond: 1 },
  });
  expect(limits).toMatchObject({ mtproto: [{ capacity: 1 }], bot: { enabled: true, perBotPerSecond: 1 } });
});

it('seeds people and chats, and refuses a name that is taken', async () => {
  const { chats } = await control.seed({
    users: [{ firstName: 'Boris', username: 'boris' }],
    chats: [{ kind: 'supergroup', title: 'Makers', username: 'makers', creator: 'boris', members: ['anna'] }],
  });
  expect((await control.state()).chats).toMatchObject([{ id: chats[0], title: 'Makers', members: 2 }]);
  expect(await refusalOf(control.seed({ users: [{ firstName: 'Other', username: 'anna' }] }))).toMatchObject({
    status: 409,
    code: 'seed.conflict',
  });
  await control.join('usher_bot', '@makers');
  expect(await refusalOf(control.join('usher_bot', '@makers'))).toMatchObject({
    code: 'telegram.refused',
    message: expect.stringContaining('USER_ALREADY_PARTICIPANT'),
  });
});

it('loads a scenario in place of everything and says who is in it', async () => {
  const { cast } = await control.seed({ scenario: { name: 'crowd', members: 20 } });
  expect(cast).toMatchObject({ scenario: 'crowd', crowd: { members: 20 } });
  expect((await refusalOf(control.conversation('anna', 'usher_bot'))).status).toBe(404);
});

it('signs a launch of the menu button for one person', async () => {
  const bot = new Bot(TOKEN, { client: { apiRoot: sandbox.botApi.url } });
  expect((await refusalOf(control.launch({ user: 'anna', bot: 'usher_bot' }))).code).toBe('launch.no_app');
  await bot.api.setChatMenuButton({
    menu_button: { type: 'web_app', text: 'Open', web_app: { url: 'http://127.0.0.1:1/app' } },
  });
  const launch = await control.launch({
    user: 'anna',
    bot: 'usher_bot',
    startParam: 'c_1',
    theme: 'dark',
  });
  expect(launch.url).toMatch(/^http:\/\/127\.0\.0\.1:1\/app\?tgWebAppStartParam=c_1#tgWebAppData=/);
  expect(launch.themeParams).toMatchObject({ bg_color: '#212121' });
  expect(() => validate(launch.initData, TOKEN)).not.toThrow();
});

it('keeps CloudStorage per person and bot', async () => {
  const call = (method: string, params: Record<string, unknown>) =>
    control.customMethod('anna', { bot: 'usher_bot', method, params });
  expect(await call('saveStorageValue', { key: 'theme', value: 'compact' })).toBe(true);
  expect(await call('getStorageKeys', {})).toEqual(['theme']);
  expect(await call('getStorageValues', { keys: ['theme', 'none'] })).toEqual({ theme: 'compact', none: '' });
  await call('deleteStorageValues', { keys: ['theme'] });
  expect(await call('getStorageKeys', {})).toEqual([]);
  expect((await refusalOf(call('saveStorageValue', { key: 'bad key', value: '' }))).message).toContain(
    'DATA_INVALID',
  );
});

it('lets a bot write to someone who allowed it, without /start, until they block it', async () => {
  const { api } = new Bot(TOKEN, { client: { apiRoot: sandbox.botApi.url } });
  const { user } = await control.conversation('anna', 'usher_bot');
  await expect(api.sendMessage(user.id, 'x')).rejects.toThrow('chat not found');
  await control.allowWriting('anna', 'usher_bot');
  await api.sendMessage(user.id, 'x');
  const [update] = await api.getUpdates();
  expect(update?.message?.write_access_allowed).toEqual({ from_request: true });
  await control.block('anna', 'usher_bot');
  await expect(api.sendMessage(user.id, 'x')).rejects.toThrow('bot was blocked by the user');
});

it('says plainly what is not there', async () => {
  expect(await refusalOf(control.code('70000000000'))).toMatchObject({
    status: 404,
    code: 'code.not_found',
  });
  expect(await refusalOf(control.acceptLogin('anna', 'AAAA'))).toMatchObject({
    code: 'login.refused',
    message: expect.stringContaining('AUTH_TOKEN_INVALID'),
  });
  expect((await refusalOf(control.conversation('anna', 'anna'))).code).toBe('bot.not_found');
});

it('refuses other hosts and pages of other origins', async () => {
  expect(await statusOf('/state', { host: 'usher.example' })).toBe(403);
  expect(await statusOf('/reset', { origin: 'http://127.0.0.1:9' }, 'POST')).toBe(403);
  expect(await statusOf('/state', {})).toBe(200);
});

it('keeps a polling bot polling when the same scenario is loaded again', async () => {
  const load = async () => {
    const { cast } = await control.seed({ scenario: { name: 'crowd', members: 5 } });
    if (cast.scenario !== 'crowd') throw new Error('not the crowd');
    return { token: cast.bot.token, bot: cast.bot.id, person: cast.accounts[0]!.id };
  };
  const { token, bot: botId, person } = await load();
  const bot = new Bot(token, { client: { apiRoot: sandbox.botApi.url } });
  const texts: string[] = [];
  let notify: () => void = () => undefined;
  bot.on('message:text', (ctx) => {
    texts.push(ctx.message.text);
    notify();
  });
  const heard = (count: number) =>
    new Promise<void>((resolve) => {
      notify = () => {
        if (texts.length >= count) resolve();
      };
      notify();
    });
  void bot.start();
  await control.write(person, { bot: botId, text: 'before' });
  await heard(1);
  await load();
  await control.write(person, { bot: botId, text: 'after' });
  await heard(2);
  expect(texts).toEqual(['before', 'after']);
  await bot.stop();
});
