import { InlineKeyboard } from 'grammy';
import { expect, it } from 'vitest';
import { blockUser, unblockUser } from '#sandbox/world/commands/block-user.ts';
import { createBotScene, nextOf, refusalOf } from './testing/bot-scene.ts';

it('runs an unmodified grammY bot: start, command, keyboard, pressed button, edited message', async () => {
  const scene = await createBotScene();
  const bot = scene.createBot();
  bot.command('start', (ctx) =>
    ctx.reply('<b>Hello</b>', {
      parse_mode: 'HTML',
      reply_markup: new InlineKeyboard().text('Status', 'status:1'),
    }),
  );
  bot.callbackQuery(/^status:(\d+)$/, async (ctx) => {
    await ctx.editMessageText(`Campaign ${ctx.match[1]} runs`);
    await ctx.answerCallbackQuery({ text: 'Updated', show_alert: true });
  });
  const replied = nextOf((resolve) =>
    scene.world.on((event) => {
      if (event.kind === 'message_sent' && event.message.peer === scene.person.id) resolve(event.message);
    }),
  );
  void bot.start();
  await replied;

  const message = scene.conversation().at(-1)!;
  expect(message).toMatchObject({ text: 'Hello', entities: [{ type: 'bold', offset: 0, length: 5 }] });
  const answer = await scene.world.pressButton({
    bot: scene.botUser.id,
    user: scene.person.id,
    message,
    data: 'status:1',
  });
  expect(answer).toEqual({ text: 'Updated', alert: true });
  expect(scene.conversation().at(-1)).toMatchObject({ text: 'Campaign 1 runs' });
  expect(scene.conversation().at(-1)?.keyboard).toBeUndefined();
  expect([...scene.botApi.unknownMethods]).toEqual([]);
});

it('hands a waiting poll the next update at once', async () => {
  const scene = await createBotScene();
  const [start] = await scene.api.getUpdates();
  const waiting = scene.api.getUpdates({ offset: start!.update_id + 1, timeout: 30 });
  await nextOf<void>((resolve) => setImmediate(resolve));
  scene.write('/status');
  expect(await waiting).toMatchObject([
    { message: { text: '/status', entities: [{ type: 'bot_command', offset: 0, length: 7 }] } },
  ]);
});

it('repeats updates until an offset confirms them', async () => {
  const scene = await createBotScene();
  scene.write('one');
  scene.write('two');
  const first = await scene.api.getUpdates({ limit: 2 });
  expect(first.map((update) => update.message?.text)).toEqual(['/start', 'one']);
  expect(await scene.api.getUpdates({ limit: 2 })).toEqual(first);
  const rest = await scene.api.getUpdates({ offset: first[1]!.update_id + 1 });
  expect(rest.map((update) => update.message?.text)).toEqual(['two']);
  scene.write('three');
  const last = await scene.api.getUpdates({ offset: -1 });
  expect(last.map((update) => update.message?.text)).toEqual(['three']);
});

it('makes only the updates that were asked for', async () => {
  const scene = await createBotScene();
  await scene.api.getUpdates({ offset: -1, allowed_updates: ['my_chat_member'] });
  const [{ update_id: last } = { update_id: 0 }] = await scene.api.getUpdates({ offset: -1 });
  scene.write('not wanted');
  blockUser(scene.world, { user: scene.person.id, blocked: scene.botUser.id });
  unblockUser(scene.world, { user: scene.person.id, blocked: scene.botUser.id });
  const updates = await scene.api.getUpdates({ offset: last + 1 });
  expect(updates.map((update) => update.my_chat_member?.new_chat_member.status)).toEqual([
    'kicked',
    'member',
  ]);
});

it('ends the first of two pollers with 409, so that bot.start() rejects', async () => {
  const scene = await createBotScene();
  const bot = scene.createBot();
  const isPolling = nextOf<void>((resolve) => {
    bot.on('message', () => resolve());
  });
  const running = bot.start();
  const outcome = refusalOf(running);
  await isPolling;
  await scene.api.getUpdates({ timeout: 0 });
  // The poll that was waiting, or the next one while this test polls again.
  const refusal = await Promise.race([outcome, keepPolling()]);
  expect(refusal).toMatchObject({
    code: 409,
    description:
      'Conflict: terminated by other getUpdates request; make sure that only one bot instance is running',
  });

  async function keepPolling(): Promise<never> {
    for (;;) await scene.api.getUpdates({ timeout: 0 });
  }
});

it('answers 401 to an unknown token and 404 to an unknown method, which it counts', async () => {
  const scene = await createBotScene();
  const unauthorized = await fetch(`${scene.url}/bot123:nobody/getMe`);
  expect([unauthorized.status, await unauthorized.json()]).toEqual([
    401,
    { ok: false, error_code: 401, description: 'Unauthorized' },
  ]);
  expect(await refusalOf(scene.api.sendDice(scene.chatId, '🎲'))).toMatchObject({
    code: 404,
    description: 'Not Found: method not found',
  });
  expect([...scene.botApi.unknownMethods]).toEqual([['sendDice', 1]]);
});

it('takes parameters from the query, a form and JSON alike, and names in any case', async () => {
  const scene = await createBotScene();
  const root = `${scene.url}/bot${scene.botUser.bot!.token}`;
  await fetch(`${root}/sendmessage?chat_id=${scene.chatId}&text=query`);
  await fetch(`${root}/SENDMESSAGE`, {
    method: 'POST',
    body: new URLSearchParams({ chat_id: String(scene.chatId), text: 'form' }),
  });
  await fetch(`${root}/sendMessage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ chat_id: scene.chatId, text: 'json' }),
  });
  expect(
    scene
      .conversation()
      .slice(1)
      .map((message) => message.text),
  ).toEqual(['query', 'form', 'json']);
});
