import { HttpError, InputFile } from 'grammy';
import { expect, it } from 'vitest';
import { TOKEN } from '#sandbox/testing/bot-token.ts';
import { addUser } from '#sandbox/world/commands/add-user.ts';
import { blockUser } from '#sandbox/world/commands/block-user.ts';
import { createBotScene, refusalOf } from './testing/bot-scene.ts';

const button = (data: string) => ({ inline_keyboard: [[{ text: 'x', callback_data: data }]] });

it('refuses what Telegram refuses, in its words', async () => {
  const { api, chatId, world } = await createBotScene();
  const stranger = addUser(world, { firstName: 'Stranger' });
  const described = async (call: Promise<unknown>) => (await refusalOf(call)).description;

  expect(await described(api.sendMessage(404, 'x'))).toBe('Bad Request: chat not found');
  expect(await described(api.sendMessage(Number(stranger.id), 'x'))).toBe('Bad Request: chat not found');
  expect(await described(api.sendMessage(chatId, ''))).toBe('Bad Request: message text is empty');
  expect(await described(api.sendMessage(chatId, ' \n'))).toBe('Bad Request: text must be non-empty');
  expect(await described(api.sendMessage(chatId, 'x'.repeat(4097)))).toBe('Bad Request: message is too long');
  expect(await described(api.sendMessage(chatId, '<b>x', { parse_mode: 'HTML' }))).toBe(
    'Bad Request: can\'t parse entities: Can\'t find end tag corresponding to start tag "b"',
  );
  expect(await described(api.sendMessage(chatId, 'x', { reply_markup: button('я'.repeat(33)) }))).toBe(
    'Bad Request: BUTTON_DATA_INVALID',
  );
  const insecure = {
    inline_keyboard: [[{ text: 'Open', web_app: { url: 'http://app.example/' } }]],
  };
  expect(await described(api.sendMessage(chatId, 'x', { reply_markup: insecure }))).toBe(
    "Bad Request: inline keyboard button Web App URL 'http://app.example/' is invalid: Only HTTPS links are allowed",
  );
  expect(await described(api.editMessageText(chatId, 9999, 'x'))).toBe(
    'Bad Request: message to edit not found',
  );
  expect(await described(api.editMessageText(chatId, 1, 'x'))).toBe("Bad Request: message can't be edited");
  expect(await described(api.deleteMessage(chatId, 9999))).toBe('Bad Request: message to delete not found');
  expect(await described(api.answerCallbackQuery('77'))).toBe(
    'Bad Request: query is too old and response timeout expired or query ID is invalid',
  );
});

it('takes the longest callback data and the longest text', async () => {
  const { api, chatId } = await createBotScene();
  const sent = await api.sendMessage(chatId, 'x'.repeat(4096), { reply_markup: button('я'.repeat(32)) });
  expect(sent.text).toHaveLength(4096);
});

it('edits a message once and says that the second time nothing changed', async () => {
  const { api, chatId } = await createBotScene();
  const sent = await api.sendMessage(chatId, 'one', { reply_markup: button('a') });
  const edited = await api.editMessageText(chatId, sent.message_id, '*two*', {
    parse_mode: 'MarkdownV2',
    reply_markup: button('a'),
  });
  expect(edited).toMatchObject({ text: 'two', edit_date: expect.any(Number) });
  const again = api.editMessageText(chatId, sent.message_id, 'two', {
    entities: [{ type: 'bold', offset: 0, length: 3 }],
    reply_markup: button('a'),
  });
  expect(await refusalOf(again)).toMatchObject({
    code: 400,
    description: expect.stringContaining('message is not modified'),
  });
  await api.editMessageText(chatId, sent.message_id, 'two', { reply_markup: button('a') });
  await api.editMessageReplyMarkup(chatId, sent.message_id);
  expect(await refusalOf(api.editMessageReplyMarkup(chatId, sent.message_id))).toMatchObject({ code: 400 });
});

it('answers 403 when the person blocked the bot', async () => {
  const { api, chatId, world, person, botUser } = await createBotScene();
  blockUser(world, { user: person.id, blocked: botUser.id });
  expect(await refusalOf(api.sendMessage(chatId, 'x'))).toMatchObject({
    code: 403,
    description: 'Forbidden: bot was blocked by the user',
  });
});

it('dates messages by business time', async () => {
  const { api, chatId, clock } = await createBotScene();
  clock.advance(10 * 86_400_000);
  const { date } = await api.sendMessage(chatId, 'later');
  expect(date * 1000).toBeGreaterThan(Date.now() + 9 * 86_400_000);
});

it('answers 429 with the seconds to wait once the rate model is on', async () => {
  const { api, chatId, botApi } = await createBotScene();
  await api.sendMessage(chatId, '1');
  await api.sendMessage(chatId, '2');
  botApi.limiter.configure({
    enabled: true,
    perChatPerSecond: 1,
    perGroupPerMinute: 20,
    perBotPerSecond: 30,
  });
  await api.sendMessage(chatId, '3');
  expect(await refusalOf(api.sendMessage(chatId, '4'))).toEqual({
    code: 429,
    description: 'Too Many Requests: retry after 1',
    parameters: { retry_after: 1 },
  });
});

it('fails as fault rules say: an error for one method, a connection lost after the effect', async () => {
  const { api, chatId, botApi, conversation } = await createBotScene();
  const match = { probability: 1, seed: 0, afterN: 0, times: 1, method: 'sendMessage' };
  botApi.faults.add({
    match,
    action: {
      kind: 'error',
      code: 429,
      description: 'Too Many Requests: retry after 7',
      retryAfterSeconds: 7,
    },
  });
  botApi.faults.add({ match, action: { kind: 'dropAfterEffect' } });
  expect((await refusalOf(api.sendMessage(chatId, 'a'))).parameters).toEqual({ retry_after: 7 });
  await expect(api.sendMessage(chatId, 'b')).rejects.toBeInstanceOf(HttpError);
  await api.sendMessage(chatId, 'c');
  expect(conversation().map((message) => message.text)).toEqual(['/start', 'b', 'c']);
});

it('takes a document, names it in getFile and serves its bytes; the file_id can be sent again', async () => {
  const { api, chatId, url } = await createBotScene();
  const bytes = Buffer.from('id,username\n1,anna\n');
  const sent = await api.sendDocument(chatId, new InputFile(bytes, 'people.csv'), { caption: 'Export' });
  expect(sent).toMatchObject({ caption: 'Export', document: { file_name: 'people.csv', file_size: 19 } });
  const file = await api.getFile(sent.document.file_id);
  const download = await fetch(`${url}/file/bot${TOKEN}/${file.file_path}`);
  expect(Buffer.from(await download.arrayBuffer())).toEqual(bytes);
  const again = await api.sendDocument(chatId, sent.document.file_id);
  expect(again.document.file_id).toBe(sent.document.file_id);
  expect((await refusalOf(api.getFile('nothing'))).description).toBe('Bad Request: invalid file_id');
});
