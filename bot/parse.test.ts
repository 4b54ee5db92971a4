import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connectAccount } from '#db/commands/connect-account.ts';
import { finishParseTask } from '#db/commands/finish-parse-task.ts';
import { recordCommunity } from '#db/commands/record-community.ts';
import { startParseTask } from '#db/commands/start-parse-task.ts';
import { storeParsePage } from '#db/commands/store-parse-page.ts';
import { type CommandContext, inWorkspace } from '#db/context.ts';
import { acquireLease } from '#db/leases.ts';
import { appendEvent } from '#db/outbox.ts';
import { listCommunities } from '#db/queries/list-communities.ts';
import { listParseTasks } from '#db/queries/list-parse-tasks.ts';
import { communityFacts, type Home, membersPage, seenPerson } from '#db/testing/factories.ts';
import type { ConversationMessage } from '#sandbox/control/conversation.ts';
import { startTestBot, type TestBot } from './testing/start-test-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot();
});
afterAll(() => bot.stop());

const worker = (): CommandContext => ({
  db: bot.db.worker,
  actor: { kind: 'system', part: 'worker' },
  workspaceId: bot.workspaceId,
  now: bot.clock.now(),
});
const owner = () => bot.cast.owner.id;
const sees = (part: string, id?: number) =>
  bot.untilUserSees(owner(), (message) => (!id || message.id === id) && message.text.includes(part));
const seesButton = (id: number, part: string) =>
  bot.untilUserSees(
    owner(),
    (message) =>
      message.id === id && (message.keyboard?.flat().some(({ text }) => text.includes(part)) ?? false),
  );
const press = ({ id: messageId, keyboard }: ConversationMessage, part: string) => {
  const button = keyboard?.flat().find(({ text }) => text.includes(part))?.text ?? part;
  return bot.control.press(owner(), { bot: bot.cast.bot.username, messageId, button });
};
const connect = async () => {
  const { accountId } = await connectAccount(worker(), {
    profile: { telegramId: '777000123', firstName: 'Anna', isPremium: false },
    seal: () => ({ keyId: 'k1', bytes: Buffer.from('sealed') }),
  });
  const lease = await acquireLease(bot.db.worker, { accountId, nodeId: randomUUID(), termSeconds: 600 });
  return { accountId, leaseToken: lease?.token ?? 0 };
};

it('begins a parse in a short conversation, shows it as it moves, and tells its end', async () => {
  const held = await connect();
  await bot.ownerSays('/parse');
  await press(await sees('Сейчас ничего не собирается'), 'Собрать из сообщества');
  await sees('Пришлите его @имя');
  await bot.ownerSays('https://t.me/garden_club');
  const offer = await sees('Аккаунт читает');
  const communities = await listCommunities(worker(), { mark: 'saved', limit: 10 });
  const communityId = communities.items[0]?.communityId ?? '';
  const facts = communityFacts({ title: 'Roses & <thorns>', membersCount: 5000 });
  await recordCommunity(worker(), {
    ...{ communityId, accountId: held.accountId, facts },
    recentComments: undefined,
  });
  await bot.publish();
  await sees('С какой скоростью?', offer.id);
  await press(await seesButton(offer.id, ' · '), ' · ');
  const confirm = await sees('запросов', offer.id);
  expect(confirm.text).toContain('Roses & <thorns>');
  await press(confirm, 'Начать');

  const list = await sees('1. Roses & <thorns>');
  expect(JSON.stringify(list.keyboard)).toMatch(/startapp=t_[0-9a-f-]{36}.*startapp=tasks/);
  await press(list, 'Пауза 1');
  await press(await seesButton(list.id, 'Продолжить 1'), 'Продолжить 1');
  await seesButton(list.id, 'Пауза 1');

  const [task] = await listParseTasks(worker());
  const open = { taskId: task?.taskId ?? '', ...held };
  await startParseTask(worker(), open);
  const people = [seenPerson(), seenPerson()];
  await storeParsePage(worker(), {
    ...open,
    ...membersPage({ worker: worker() } as Home, people),
    total: 4,
  });
  // A page tells of itself only when the task moved far enough; here the test says so.
  await inWorkspace(bot.db.worker, bot.workspaceId, (tx) =>
    appendEvent(tx, worker(), { kind: 'parse_task.resumed', payload: { taskId: open.taskId } }),
  );
  await bot.publish();
  const moved = await sees('прочитано 2 из 4', list.id);
  expect(moved.text).toContain('50 %');
  await finishParseTask(worker(), open);
  await bot.publish();
  const told = await sees('сбор завершён');
  expect(told.text).toContain('Людей: 2');
  expect(JSON.stringify(told.keyboard)).toContain(`startapp=t_${open.taskId}`);
});

it('asks before it cancels, and keeps the people found so far', async () => {
  const [task] = await listParseTasks(worker());
  const { communityId = '' } = task ?? {};
  await bot.ownerSays('/parse @garden_club');
  const offer = await bot.untilUserSees(
    owner(),
    ({ text, keyboard }) => text.includes('С какой скоростью?') && keyboard !== undefined,
  );
  await press(offer, ' · ');
  await press(await sees('запросов', offer.id), 'Начать');
  const list = await bot.untilUserSees(
    owner(),
    ({ id, keyboard }) =>
      id > offer.id && (keyboard?.flat().some(({ text }) => text === 'Отменить 1') ?? false),
  );
  await press(list, 'Отменить 1');
  await press(await sees('Остановить сбор из'), 'Остановить сбор');
  await sees('Остановлено');
  const [newest] = await listParseTasks(worker());
  expect(newest).toMatchObject({ communityId, status: 'cancelled' });
});

it('an alert about what is gone by now is told to nobody and stops no other', async () => {
  await inWorkspace(bot.db.worker, bot.workspaceId, async (tx) => {
    const taskId = randomUUID();
    await appendEvent(tx, worker(), {
      kind: 'parse_task.finished',
      payload: { taskId, people: 1, because: null },
    });
    await appendEvent(tx, worker(), {
      kind: 'retention.finished',
      payload: { runId: randomUUID(), people: 12, files: 1 },
    });
  });
  await bot.publish();
  expect((await sees('Старые данные')).text).toContain('Людей: 12');
});
