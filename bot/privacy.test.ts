import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { inWorkspace } from '#db/context.ts';
import { findSuppressed } from '#db/suppressions.ts';
import type { ConversationMessage } from '#sandbox/control/conversation.ts';
import { hashPerson, startTestBot, type TestBot } from './testing/start-test-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot();
});
afterAll(() => bot.stop());

const stranger = async (firstName: string): Promise<string> => {
  const { users } = await bot.control.seed({ users: [{ firstName, languageCode: 'en' }] });
  return users[0] ?? '';
};
/** A person of the workspace, as a parse would have brought them. */
const collect = (telegramId: string, firstName: string) =>
  bot.db.owner.execute(sql`
    insert into person (workspace_id, telegram_id, first_name, is_bot, is_deleted, is_scam, is_premium, has_photo,
      is_admin_somewhere, last_seen, seen_at)
    values (${bot.workspaceId}, ${telegramId}, ${firstName}, false, false, false, false, false, false, 'recently', now())`);
const says = (user: string, text: string) => bot.control.write(user, { bot: bot.cast.bot.username, text });
const press = (user: string, { id: messageId }: ConversationMessage, button: string) =>
  bot.control.press(user, { bot: bot.cast.bot.username, messageId, button });
const sees = (user: string, part: string) =>
  bot.untilUserSees(user, (message) => JSON.stringify(message).includes(part));
const isSuppressed = async (telegramId: string): Promise<boolean> => {
  const found = await inWorkspace(bot.db.worker, bot.workspaceId, (tx) =>
    findSuppressed(tx, bot.workspaceId, hashPerson({ telegramId })),
  );
  return found.size > 0;
};

it('whoever asks gets everything that is kept of them, and can have it erased', async () => {
  const user = await stranger('Vera');
  await collect(user, 'Vera');
  await says(user, '/privacy');
  const screen = await sees(user, 'Telegram id, name, username');
  await press(user, screen, 'Send me my data');
  await sees(user, 'my-data.json');
  await press(user, screen, 'Erase my data');
  await sees(user, 'cannot be taken back');
  await press(user, screen, 'Erase everything');
  await sees(user, 'Only an unreadable mark');
  const left = await bot.db.owner.execute(sql`select 1 from person where telegram_id = ${user}`);
  expect(left).toHaveLength(0);
  expect(await isSuppressed(user)).toBe(true);
});

it('speaks to operators in their language', async () => {
  await bot.ownerSays('/privacy');
  await sees(bot.cast.owner.id, 'Прислать мои данные');
});

it('takes a block of the bot for /stop', async () => {
  const user = await stranger('Boris');
  await says(user, '/start');
  await sees(user, 'Hello');
  await bot.control.block(user, bot.cast.bot.username);
  await expect.poll(() => isSuppressed(user), { timeout: 10_000 }).toBe(true);
});

it('takes a complaint, and contacts its author no more', async () => {
  const user = await stranger('Clara');
  await says(user, '/privacy');
  await press(user, await sees(user, 'I was invited against my will'), 'I was invited against my will');
  await sees(user, 'We are sorry');
  expect(await isSuppressed(user)).toBe(true);
});
