import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Secret } from '#core/secret.ts';
import { connectAccount } from '#db/commands/connect-account.ts';
import { createCampaign } from '#db/commands/create-campaign.ts';
import { failAccount } from '#db/commands/fail-account.ts';
import { openConnectLink } from '#db/commands/open-connect-link.ts';
import { publishPolicy } from '#db/commands/publish-policy.ts';
import { requestAudience } from '#db/commands/request-audience.ts';
import { requestCommunity } from '#db/commands/request-community.ts';
import { type CommandContext, inWorkspace } from '#db/context.ts';
import { appendEvent } from '#db/outbox.ts';
import { policySigner } from '#db/testing/test-db.ts';
import type { ConversationMessage } from '#sandbox/control/conversation.ts';
import { BotTokenRefused, startBot } from './main.ts';
import { startTestBot, type TestBot } from './testing/start-test-bot.ts';

let bot: TestBot;
const command = (): CommandContext => ({
  db: bot.db.worker,
  actor: { kind: 'system', part: 'test' },
  workspaceId: bot.workspaceId,
  now: bot.clock.now(),
});

let nextTelegramId = 777_000_000;
const connect = async (username: string): Promise<string> => {
  nextTelegramId += 1;
  const { accountId } = await connectAccount(command(), {
    profile: { telegramId: String(nextTelegramId), firstName: 'Anna', username, isPremium: false },
    seal: () => ({ keyId: 'k1', bytes: Buffer.from('sealed') }),
  });
  return accountId;
};
const fail = async (accountId: string, error: string, argument?: number): Promise<void> => {
  await failAccount(command(), {
    accountId,
    failure: { kind: 'rpc', error, ...(argument !== undefined && { argument }) },
  });
  await bot.publish();
};

beforeAll(async () => {
  bot = await startTestBot();
});
afterAll(() => bot.stop());

describe('the bot', () => {
  it('greets the owner in Russian with the way into the panel', async () => {
    await bot.ownerSays('/start');
    const answer = await bot.untilUserSees(bot.cast.owner.id, ({ text }) => text.includes('Garden <club>'));
    expect(answer.text).toContain('Здравствуйте');
    expect(JSON.stringify(answer.keyboard)).toContain('https://usher.example/app');
  });

  it('tells a stranger in English how to get in, and shows no status', async () => {
    const stranger = bot.cast.operator.id;
    await bot.control.write(stranger, { bot: bot.cast.bot.username, text: '/start' });
    await bot.untilUserSees(stranger, ({ text }) => text.includes('Ask its owner'));
    await bot.control.write(stranger, { bot: bot.cast.bot.username, text: '/status' });
    await bot.untilUserSees(stranger, ({ text }) => text.includes('Only members of a workspace'));
  });

  it('edits the status message in place when an account changes', async () => {
    const accountId = await connect('status_anna');
    await bot.ownerSays('/status');
    const status = await bot.untilUserSees(bot.cast.owner.id, ({ text }) => text.includes('@status_anna: '));
    await fail(accountId, 'FLOOD_WAIT', 3600);
    const edited = await bot.untilUserSees(
      bot.cast.owner.id,
      ({ id, editedAt }) => id === status.id && editedAt !== undefined,
    );
    expect(edited.text).toMatch(/@status_anna: .* до /);
  });

  it('lists the accounts, and hands out a link that opens the page once and is good for a few minutes', async () => {
    await connect('listed_anna');
    await bot.ownerSays('/accounts');
    const list = await bot.untilUserSees(bot.cast.owner.id, ({ text }) => text.includes('@listed_anna'));
    const press = { bot: bot.cast.bot.username, messageId: list.id, button: 'Подключить аккаунт' };
    await bot.control.press(bot.cast.owner.id, press);
    const answer = await bot.untilUserSees(bot.cast.owner.id, ({ text }) => text.includes('один раз'));
    const [, token = ''] =
      /"https:\/\/usher\.example\/app\/connect#([\w-]{43})"/.exec(JSON.stringify(answer.keyboard)) ?? [];
    expect(answer.text).not.toContain(token);
    const opener = { db: bot.db.app, now: bot.clock.now() };
    const opening = { token: new Secret(token), ticket: undefined };
    await openConnectLink(opener, opening);
    await expect(openConnectLink(opener, opening)).rejects.toMatchObject({ code: 'connect.link_used' });
  });

  it('gives the link to admins only', async () => {
    const offers = ({ text, keyboard }: ConversationMessage) =>
      text.includes('Аккаунты') && JSON.stringify(keyboard).includes('Подключить аккаунт');
    const before = (await bot.messagesTo(bot.cast.owner.id)).map(({ id }) => id);
    await bot.db.owner.execute(`update member set role = 'operator'`);
    await bot.ownerSays('/accounts');
    const list = await bot.untilUserSees(
      bot.cast.owner.id,
      ({ id, text }) => !before.includes(id) && text.includes('Аккаунты'),
    );
    expect(offers(list)).toBe(false);
    await bot.db.owner.execute(`update member set role = 'owner'`);
  });

  it('alerts once that an account rests, with cause and end, and edits the alert when it happens again', async () => {
    const accountId = await connect('tired_anna');
    const rests = ({ text }: { text: string }) => text.includes('@tired_anna отдыхает до');
    await fail(accountId, 'FLOOD_WAIT', 3600);
    const alert = await bot.untilUserSees(bot.cast.owner.id, rests);
    await fail(accountId, 'FLOOD_WAIT', 86_000);
    await bot.untilUserSees(
      bot.cast.owner.id,
      (message) => message.id === alert.id && rests(message) && message.text !== alert.text,
    );
    expect((await bot.messagesTo(bot.cast.owner.id)).filter(rests)).toHaveLength(1);
  });

  it('alerts that an account is signed out', async () => {
    await fail(await connect('gone_anna'), 'AUTH_KEY_UNREGISTERED');
    await bot.untilUserSees(bot.cast.owner.id, ({ text }) => text.includes('@gone_anna вышел'));
  });

  it('alerts that a campaign has finished, with what it came to', async () => {
    const { communityId } = await requestCommunity(command(), { reference: '@city_gardeners' });
    const { audienceId } = await requestAudience(command(), {
      name: 'Guests',
      source: { typed: [{ line: 1, text: '@ann_lee' }] },
    });
    const { campaignId } = await createCampaign(command(), {
      name: 'Spring <planting>',
      mode: 'direct_add',
      priority: 'normal',
      communityId,
      audienceId,
      accountIds: [await connect('busy_anna')],
    });
    await inWorkspace(bot.db.worker, bot.workspaceId, (tx) =>
      appendEvent(tx, command(), { kind: 'campaign.finished', payload: { campaignId } }),
    );
    await bot.publish();
    const alert = await bot.untilUserSees(bot.cast.owner.id, ({ text }) =>
      text.includes('Spring <planting> завершена'),
    );
    expect(alert.text).toContain('Вступили: 0');
  });

  it('notices by itself that a worker has fallen silent, and alerts', async () => {
    await bot.db.owner.execute(`
      insert into node (hardware_id, slot, status, run_id, hostname, lease_seconds, seen_at)
      values ('x', 1, 'active', gen_random_uuid(), 'harbour', 30, clock_timestamp() - interval '1 minute')`);
    await connect('moored_anna');
    await bot.untilUserSees(bot.cast.owner.id, ({ text }) => text.includes('Воркер harbour замолчал'));
  });

  it('alerts that limits were published, with the reason, and that a worker cannot verify them', async () => {
    await publishPolicy(
      { ...command(), db: bot.db.app },
      {
        changes: { invitesPerAccountDay: 20 },
        basedOn: 0,
        reason: 'тише едешь <3',
        signer: policySigner,
      },
    );
    await bot.publish();
    await bot.untilUserSees(bot.cast.owner.id, ({ text }) => text.includes('(версия 1).\n\nтише едешь <3'));
    await inWorkspace(bot.db.worker, bot.workspaceId, (tx) =>
      appendEvent(tx, command(), { kind: 'policy.rejected', payload: { version: 1 } }),
    );
    await bot.publish();
    await bot.untilUserSees(bot.cast.owner.id, ({ text }) =>
      text.includes('не может проверить лимиты версии 1'),
    );
  });

  it('answers a message it does not know with what it does know', async () => {
    await bot.ownerSays('привет');
    await bot.untilUserSees(bot.cast.owner.id, ({ text }) =>
      text.includes('Я понимаю /start, /status, /accounts, /parse, /team, /audit, /privacy и /stop'),
    );
  });

  it('publishes its commands in both languages and the menu button', async () => {
    const owner = await bot.control.conversation(bot.cast.owner.id, bot.cast.bot.username);
    const operator = await bot.control.conversation(bot.cast.operator.id, bot.cast.bot.username);
    expect(owner.commands.find(({ command: name }) => name === 'status')?.description).toMatch(/кампании/);
    expect(operator.commands.find(({ command: name }) => name === 'status')?.description).toMatch(
      /campaigns/,
    );
    expect(owner.menuButton).toMatchObject({ type: 'web_app' });
  });

  it('refuses to start with a token the Bot API does not know, and says what to do', async () => {
    const started = startBot({
      databaseUrl: bot.db.url,
      token: new Secret('1:unknown'),
      apiUrl: bot.sandbox.botApi.url,
      miniappUrl: undefined,
      suppressionKey: Buffer.alloc(32, 6),
      clock: bot.clock,
      log: { info: () => {}, warn: () => {}, error: () => {} },
    });
    await expect(started).rejects.toThrow(BotTokenRefused);
  });
});
