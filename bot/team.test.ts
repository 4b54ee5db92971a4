import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClaimCode } from '#db/claim-codes.ts';
import { addMember } from '#db/commands/add-member.ts';
import { changeRole } from '#db/commands/change-role.ts';
import { claimWorkspace } from '#db/commands/claim-workspace.ts';
import type { CommandContext } from '#db/context.ts';
import { listMembers } from '#db/queries/list-members.ts';
import type { ConversationMessage } from '#sandbox/control/conversation.ts';
import { startTestBot, type TestBot } from './testing/start-test-bot.ts';

let bot: TestBot;
beforeAll(async () => {
  bot = await startTestBot();
});
afterAll(() => bot.stop());

const person = async (firstName: string, languageCode = 'en', on = bot): Promise<string> => {
  const { users } = await on.control.seed({ users: [{ firstName, languageCode }] });
  return users[0] ?? '';
};
const says = (user: string, text: string, on = bot) =>
  on.control.write(user, { bot: on.cast.bot.username, text });
const press = (user: string, { id: messageId }: ConversationMessage, button: string) =>
  bot.control.press(user, { bot: bot.cast.bot.username, messageId, button });
const sees = (user: string, part: string, on = bot) =>
  on.untilUserSees(user, ({ text }) => text.includes(part));
const linkIn = ({ text }: ConversationMessage): string => /\?start=(\S+)/.exec(text)?.[1] ?? '';
const terminal = (): CommandContext => ({
  db: bot.db.app,
  actor: { kind: 'system', part: 'test' },
  workspaceId: bot.workspaceId,
  now: bot.clock.now(),
});
const roles = async () => {
  const members = await listMembers(terminal());
  return Object.fromEntries(members.map(({ firstName, role }) => [firstName, role]));
};
const owner = () => bot.cast.owner.id;
const untilOffered = (messageId: number, button: string) =>
  bot.untilUserSees(
    owner(),
    ({ id, keyboard }) => id === messageId && keyboard?.flat().some(({ text }) => text === button) === true,
  );
/** An invitation made by the owner through the buttons. */
const invite = async (role: string): Promise<string> => {
  const before = new Set((await bot.messagesTo(owner())).map(({ id }) => id));
  await bot.ownerSays('/team');
  const isNew = ({ id, text }: ConversationMessage) => !before.has(id) && text.includes('Garden <club>');
  const team = await bot.untilUserSees(owner(), isNew);
  await press(owner(), team, 'Пригласить');
  await bot.untilUserSees(owner(), ({ id, text }) => id === team.id && text.includes('С какой ролью?'));
  await press(owner(), team, role);
  return linkIn(await bot.untilUserSees(owner(), ({ id, text }) => id === team.id && text.includes('t.me/')));
};

describe('an invitation', () => {
  it('brings a stranger in with its role, in their language, once', async () => {
    const link = await invite('оператор');
    expect(link).toMatch(/^i_[\w-]{32}$/);
    const [guest, late] = [await person('Greta'), await person('Larry')];
    await says(guest, `/start ${link}`);
    const welcome = await sees(guest, 'Garden <club> (operator)');
    expect(welcome.text).toContain('Hello, Greta');
    expect(await roles()).toMatchObject({ Greta: 'operator' });
    await says(late, `/start ${link}`);
    await sees(late, 'This invitation was used before');
    await says(late, '/status');
    await sees(late, 'Only members of a workspace');
  });

  it('that does not exist says so, and changes nothing', async () => {
    const guest = await person('Nora', 'ru');
    await says(guest, '/start i_made-up-token');
    await sees(guest, 'Такого приглашения нет');
  });
});

describe('the team', () => {
  it('is changed by buttons, after a question', async () => {
    const telegramId = await person('Vera');
    const vera = { telegramId, firstName: 'Vera', language: 'en', role: 'viewer' } as const;
    await addMember(terminal(), vera);
    await bot.ownerSays('/team');
    const team = await sees(owner(), 'Vera: наблюдатель');
    const on = (part: string) =>
      bot.untilUserSees(owner(), ({ id, text }) => id === team.id && text.includes(part));
    const offers = (button: string) => untilOffered(team.id, button);
    await press(owner(), team, 'Vera');
    await offers('Новая роль: администратор');
    await press(owner(), team, 'Новая роль: администратор');
    await on('Изменить?');
    expect(await roles()).toMatchObject({ Vera: 'viewer' });
    await press(owner(), team, 'Да');
    await offers('Vera');
    expect(await roles()).toMatchObject({ Vera: 'admin' });

    await press(owner(), team, 'Vera');
    await offers('Убрать из пространства');
    await press(owner(), team, 'Убрать из пространства');
    await on('Доступ пропадёт сразу');
    await press(owner(), team, 'Да');
    await offers('Пригласить');
    expect(await roles()).not.toHaveProperty('Vera');
  });

  it('is not shown to an operator, and its last owner cannot leave', async () => {
    const link = await invite('оператор');
    const guest = await person('Otto');
    await says(guest, `/start ${link}`);
    await sees(guest, '(operator)');
    await says(guest, '/team');
    await sees(guest, 'Your role does not allow this.');

    const members = await listMembers(terminal());
    const operatorId = members.find(({ firstName }) => firstName === 'Otto')?.operatorId ?? '';
    await changeRole(terminal(), { operatorId, role: 'owner' });
    await bot.ownerSays('/team');
    const team = await sees(owner(), 'Otto: владелец');
    await press(owner(), team, bot.cast.owner.firstName);
    await untilOffered(team.id, 'Выйти из пространства');
    await press(owner(), team, 'Выйти из пространства');
    await untilOffered(team.id, 'Да');
    await changeRole(terminal(), { operatorId, role: 'operator' });
    await press(owner(), team, 'Да');
    await sees(owner(), 'Пространству нужен владелец');
    expect(await roles()).toMatchObject({ [bot.cast.owner.firstName]: 'owner', Otto: 'operator' });
  });

  it('lists its commands to those who have them', async () => {
    await bot.ownerSays('/start');
    await sees(owner(), 'Garden <club>');
    const commandsOf = async (user: string) =>
      (await bot.control.conversation(user, bot.cast.bot.username)).commands.map(({ command }) => command);
    await expect
      .poll(() => commandsOf(owner()))
      .toEqual(['start', 'status', 'accounts', 'parse', 'privacy', 'stop', 'team', 'audit']);
    expect(await commandsOf(await person('Uwe'))).toEqual([
      'start',
      'status',
      'accounts',
      'parse',
      'privacy',
      'stop',
    ]);
  });
});

it('shows an owner what was done last, and by whom', async () => {
  await invite('наблюдатель');
  await bot.ownerSays('/audit');
  const log = await sees(owner(), 'Последнее');
  expect(log.text).toContain(`${bot.cast.owner.firstName} · invitation.created`);
});

it('lets a person who is in several workspaces go from one to the other', async () => {
  const telegramId = await person('Paula');
  const place = { owner: { telegramId, firstName: 'Paula', language: 'en' as const }, now: bot.clock.now() };
  await claimWorkspace(bot.db.owner, { name: 'Harbour', ...place });
  await says(telegramId, `/start ${await invite('наблюдатель')}`);
  const start = await sees(telegramId, 'Garden <club> (viewer)');
  await press(telegramId, start, 'Go to Harbour');
  await bot.untilUserSees(telegramId, ({ id, text }) => id === start.id && text.includes('Harbour (owner)'));
  await says(telegramId, '/status');
  await bot.untilUserSees(telegramId, ({ text }) => text.startsWith('Harbour'));
});

it('makes the first who tells the code of a claim the owner, and nobody after them', async () => {
  const fresh = await startTestBot({ isClaimed: false });
  const code = await createClaimCode(fresh.db.app, { lifetimeMs: 60_000 });
  const [first, second] = [await person('Fay', 'ru', fresh), await person('Sam', 'en', fresh)];
  await says(second, '/start claim_wrong', fresh);
  await sees(second, 'This code is wrong, used or expired', fresh);
  await says(first, `/start claim_${code}`, fresh);
  await sees(first, 'Пространство: Fay (владелец)', fresh);
  await says(second, `/start claim_${code}`, fresh);
  await sees(second, 'has an owner already', fresh);
  await fresh.stop();
});
