import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addMember } from '#db/commands/add-member.ts';
import { connectAccount } from '#db/commands/connect-account.ts';
import { recordRefresh } from '#db/commands/record-refresh.ts';
import type { CommandContext } from '#db/context.ts';
import { acquireLease } from '#db/leases.ts';
import { listAccounts } from '#db/queries/list-accounts.ts';
import { listAuthorizations } from '#db/queries/list-authorizations.ts';
import type { ConversationMessage } from '#sandbox/control/conversation.ts';
import { startTestBot, type TestBot } from './testing/start-test-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot();
});
afterAll(() => bot.stop());

const owner = () => bot.cast.owner.id;
const as = (part: 'app' | 'worker'): CommandContext => ({
  db: bot.db[part],
  actor: { kind: 'system', part: 'test' },
  workspaceId: bot.workspaceId,
  now: bot.clock.now(),
});
let count = 0;
const connect = async (username: string) => {
  count += 1;
  return connectAccount(as('app'), {
    profile: { telegramId: String(7_000_000 + count), firstName: 'Anna', username, isPremium: false },
    seal: () => ({ bytes: Buffer.of(1), keyId: 'k' }),
  });
};
const statusOf = async (username: string) =>
  (await listAccounts(as('app'))).find((account) => account.username === username)?.status;
const press = (user: string, { id: messageId }: ConversationMessage, button: string) =>
  bot.control.press(user, { bot: bot.cast.bot.username, messageId, button });
const buttonsOf = ({ keyboard }: ConversationMessage) => keyboard?.flat().map(({ text }) => text) ?? [];
const untilShows = (user: string, id: number, part: string) =>
  bot.untilUserSees(user, (message) => message.id === id && message.text.includes(part));
/** Opens one account's screen from `/accounts`. */
const openAccount = async (user: string, username: string) => {
  const before = new Set((await bot.messagesTo(user)).map(({ id }) => id));
  await bot.control.write(user, { bot: bot.cast.bot.username, text: '/accounts' });
  const list = await bot.untilUserSees(
    user,
    ({ id, text }) => !before.has(id) && text.includes(`@${username}`),
  );
  await press(user, list, `@${username}`);
  return bot.untilUserSees(user, ({ id, text }) => id === list.id && /Здоровье|Health/.test(text));
};

describe('/accounts', () => {
  it('switches an account off and on again, each after a question', async () => {
    await connect('first_here');
    const screen = await openAccount(owner(), 'first_here');
    await press(owner(), screen, 'Отключить');
    await untilShows(owner(), screen.id, 'Отключить @first_here?');
    expect(await statusOf('first_here')).toBe('active');
    await press(owner(), screen, 'Отключить');
    await untilShows(owner(), screen.id, 'отключён');
    expect(await statusOf('first_here')).toBe('disabled');
    await press(owner(), screen, 'Включить');
    await untilShows(owner(), screen.id, 'Включить @first_here?');
    await press(owner(), screen, 'Включить');
    await untilShows(owner(), screen.id, 'Здоровье');
    await expect.poll(() => statusOf('first_here')).toBe('active');
  });

  it('asks a worker to log out, and removes only after a question', async () => {
    await connect('second_here');
    const screen = await openAccount(owner(), 'second_here');
    await press(owner(), screen, 'Выйти');
    await untilShows(owner(), screen.id, 'Выйти из @second_here');
    await press(owner(), screen, 'Выйти');
    await untilShows(owner(), screen.id, 'Воркер завершает его сеанс');
    await press(owner(), screen, 'Убрать');
    await untilShows(owner(), screen.id, 'Убрать @second_here?');
    await press(owner(), screen, 'Убрать');
    await bot.untilUserSees(
      owner(),
      ({ id, text }) => id === screen.id && text.includes('@first_here') && !text.includes('@second_here'),
    );
    expect(await statusOf('second_here')).toBeUndefined();
  });

  it('lists the sessions of an account, ends one after a question, and tells a new one', async () => {
    const { accountId } = await connect('third_here');
    const nodeId = crypto.randomUUID();
    const lease = await acquireLease(bot.db.worker, { accountId, nodeId, termSeconds: 60 });
    const now = bot.clock.now();
    const seen = { app: 'Telegram <X>', country: 'Nowhere', createdAt: now, activeAt: now };
    await recordRefresh(as('worker'), {
      accountId,
      leaseToken: lease?.token ?? 0,
      profile: {
        telegramId: '7',
        firstName: 'Anna',
        username: 'third_here',
        isPremium: true,
        hasPhoto: true,
      },
      authorizations: [
        { hash: '0', isCurrent: true, device: 'Usher', ...seen },
        { hash: '-9223372036854775808', isCurrent: false, device: 'Other phone', ...seen },
      ],
      unended: [],
    });
    await bot.publish();
    await bot.untilUserSees(
      owner(),
      ({ text }) => text.includes('новый сеанс') && text.includes('Other phone'),
    );
    const screen = await openAccount(owner(), 'third_here');
    await press(owner(), screen, 'Сеансы');
    await untilShows(owner(), screen.id, 'Other phone, Telegram <X>');
    await press(owner(), screen, 'Завершить Other phone');
    await untilShows(owner(), screen.id, 'в Telegram?');
    await press(owner(), screen, 'Завершить Other phone');
    await untilShows(owner(), screen.id, 'завершается');
    const { authorizations } = await listAuthorizations(as('app'), { accountId });
    expect(authorizations.filter(({ endAt }) => endAt !== null).map(({ device }) => device)).toEqual([
      'Other phone',
    ]);
  });

  it('shows a viewer how accounts stand, without a button that changes them', async () => {
    const { users } = await bot.control.seed({ users: [{ firstName: 'Vic', languageCode: 'en' }] });
    const viewer = users[0] ?? '';
    await addMember(as('app'), { telegramId: viewer, firstName: 'Vic', language: 'en', role: 'viewer' });
    const before = new Set((await bot.messagesTo(viewer)).map(({ id }) => id));
    await bot.control.write(viewer, { bot: bot.cast.bot.username, text: '/accounts' });
    const list = await bot.untilUserSees(
      viewer,
      ({ id, text }) => !before.has(id) && text.includes('@first_here'),
    );
    await press(viewer, list, '@first_here');
    const screen = await untilShows(viewer, list.id, 'Health');
    expect(buttonsOf(screen)).toEqual(['Sessions', 'All accounts']);
  });
});
