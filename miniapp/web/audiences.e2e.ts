import { sql } from 'drizzle-orm';
import type { FrameLocator } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { expectClean } from './testing/expect-clean.ts';
import { openStage, type Stage } from './testing/open-stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await stage.hire();
});
afterAll(() => stage.close());

const shows = (app: FrameLocator, text: string | RegExp) => app.getByText(text).first().waitFor();
const csvOf = (text: string) => ({ name: 'guests.csv', mimeType: 'text/csv', buffer: Buffer.from(text) });
const make = async (app: FrameLocator, name: string, typed: string) => {
  await app.getByLabel('Name', { exact: true }).fill(name);
  if (typed) await app.getByLabel('Typed people').fill(typed);
  await app.getByRole('button', { name: 'Make the audience' }).click();
  await shows(app, name);
};
const rowOf = (app: FrameLocator, name: string) => app.getByRole('listitem').filter({ hasText: name });
const basesIn = async (workspaceId: string) => {
  const rows = await stage.db.owner.execute<{ basis: string; origin: string }>(
    sql`select distinct basis::text, origin::text from audience_member where workspace_id = ${workspaceId}`,
  );
  return rows.map(({ basis, origin }) => `${basis} by ${origin}`);
};

/** An audience of one person, whom a parse task found in March. */
const seedKeepers = (workspaceId: string) =>
  stage.db.owner.execute(sql`
    with told as (
      select ${workspaceId}::uuid as workspace_id, '2026-03-02T12:00:00Z'::timestamptz as at
    ), account_of as (
      insert into account (workspace_id, telegram_id, first_name, status, connected_at)
      select workspace_id, 700, 'Grace', 'active', at from told returning id
    ), community_of as (
      insert into community (workspace_id, reference, title, created_at)
      select workspace_id, '@lamplighters', 'Lamplighters', at from told returning id
    ), task as (
      insert into parse_task (workspace_id, community_id, source, speed, priority, status, people_count, created_at)
      select workspace_id, community_of.id, 'members', 'safe', 'normal', 'done', 1, at from told, community_of
      returning id
    ), mara as (
      insert into person (workspace_id, telegram_id, username, first_name, last_name, is_bot, is_deleted, is_scam,
        is_premium, has_photo, is_admin_somewhere, last_seen, seen_at)
      select workspace_id, 800, 'mara_lund', 'Mara', 'Lund', false, false, false, false, false, false, 'week', at
      from told returning id
    ), sight as (
      insert into sighting (person_id, parse_task_id, workspace_id, community_id, account_id, ordinal, at)
      select mara.id, task.id, workspace_id, community_of.id, account_of.id, 1, at
      from told, mara, task, community_of, account_of
    ), keepers as (
      insert into audience (workspace_id, name, status, source, members_count, created_at)
      select workspace_id, 'Keepers', 'ready', '{}', 1, at from told returning id
    )
    insert into audience_member (audience_id, person_id, workspace_id, basis, position, origin, origin_id)
    select keepers.id, mara.id, workspace_id, 'collected', 1, 'parse_task', task.id from told, keepers, mara, task`);

describe('audiences', () => {
  it('are made of typed people, tell which lines named nobody, and are taken along as a file', async () => {
    const { telegramId, workspaceId } = await stage.claim('Harbour');
    const { app, faults, close } = await stage.open(telegramId);
    await app.getByRole('link', { name: 'Audiences' }).click();
    await shows(app, 'No audiences yet');
    expect(await app.getByRole('button', { name: 'Make the audience' }).isDisabled()).toBe(true);
    await app.getByLabel('Typed people').fill('@mara_here\n@timur_here\n!!\n');
    await app.getByLabel('Why they may be invited').selectOption('opted_in');
    await make(app, 'Regulars', '');
    await shows(app, /^2 members/);
    await app.getByRole('button', { name: 'More about Regulars' }).click();
    await shows(app, /^Line 3, “!!”: This is neither a Telegram id nor a username/);
    await shows(app, '@mara_here');
    await shows(app, /^asked to be invited · typed list · .+ · ordered by Ada$/);
    expect(await basesIn(workspaceId)).toEqual(['opted_in by typed']);
    await app.getByRole('button', { name: 'Members as CSV' }).click();
    await shows(app, 'The bot brings you the file');
    await expect
      .poll(() =>
        stage.db.owner.execute(sql`select status from people_export where workspace_id = ${workspaceId}`),
      )
      .toMatchObject([{ status: 'ready' }]);
    expect(faults).toEqual([]);
    await close();
  });

  it('are made of others: of anybody, of who is in both, and without somebody', async () => {
    const { telegramId } = await stage.claim('Sets');
    const { app, close } = await stage.open(telegramId, { startParam: 'audiences' });
    await make(app, 'Left', '@anna_here\n@bert_here');
    await rowOf(app, 'Left').getByText('2 members').waitFor();
    await make(app, 'Right', '@bert_here\n@carl_here\n@dora_here');
    await rowOf(app, 'Right').getByText('3 members').waitFor();
    const combine = async (name: string, left: string, right: string, members: string) => {
      await app.getByLabel('Use of Left').selectOption(left);
      await app.getByLabel('Use of Right').selectOption(right);
      await make(app, name, '');
      await rowOf(app, name).getByText(members).waitFor();
    };
    await combine('Together', 'union', 'union', '4 members');
    await combine('Shared', 'intersection', 'intersection', '1 member');
    await combine('Only left', 'union', 'minus', '1 member');
    await app.getByLabel('Take everybody who fits').check();
    await app.getByLabel('Name or username begins with').fill('carl');
    await app.getByLabel('Only with a username').check();
    await make(app, 'Carls', '');
    await rowOf(app, 'Carls').getByText('1 member').waitFor();
    await close();
  });

  it.each([
    [
      'en',
      'More about Keepers',
      'Find by name',
      'collected · parse task “Lamplighters”, members · Mar 2, 2026',
      'Nobody is called so.',
    ],
    [
      'ru',
      'Подробнее: Keepers',
      'Найти по имени',
      'собранные · задача сбора «Lamplighters», участники · 2 мар',
      'Никого с таким именем нет.',
    ],
  ] as const)('say in %s of each member what brought them', async (language, more, find, said, nobody) => {
    const { telegramId, workspaceId } = await stage.claim('Sources', language);
    await seedKeepers(workspaceId);
    const { app, close } = await stage.open(telegramId, { startParam: 'audiences' });
    await app.getByRole('button', { name: more }).click();
    await shows(app, 'Mara Lund · @mara_lund');
    await shows(app, new RegExp(`^${said}`));
    await app.getByLabel(find).fill('somebody');
    await shows(app, nobody);
    expect(await app.getByText('Mara Lund').count()).toBe(0);
    await close();
  });

  it('are only read by a viewer', async () => {
    const { add } = await stage.claim('Read');
    const { app, close } = await stage.open(await add('viewer'), { startParam: 'audiences' });
    await shows(app, 'Ask an operator of the workspace to make one.');
    expect(await app.getByRole('button').count()).toBe(0);
    await app.getByRole('link', { name: 'Import a file' }).click();
    await shows(app, 'No file was brought in yet.');
    expect(await app.getByText('New file').count()).toBe(0);
    await close();
  });
});

describe('a file', () => {
  it('is checked, read in another way, and its good rows are imported while one looks', async () => {
    const { telegramId, workspaceId } = await stage.claim('Files');
    const { app, faults, close } = await stage.open(telegramId, { startParam: 'audiences' });
    await app.getByRole('link', { name: 'Import a file' }).click();
    await app
      .getByLabel('File with people')
      .setInputFiles(csvOf('who,nick\nAnna,@anna_here\nBert,@bert_here\n,!!\n'));
    await shows(app, 'Checked');
    const first = app.getByRole('region', { name: 'First rows' }).last();
    await first.getByText('@anna_here').waitFor();
    await app.getByLabel('First name').selectOption({ label: 'who' });
    await app.getByRole('button', { name: 'Check again' }).click();
    await expect.poll(() => app.getByRole('button', { name: 'Check again' }).isDisabled()).toBe(true);
    await rowOf(app, 'Rows that name somebody').getByText('2').waitFor();
    await app.getByRole('button', { name: 'Show these rows' }).click();
    expect(await app.getByLabel('These rows as CSV').inputValue()).toContain('target.identifier_malformed');
    await app.getByRole('button', { name: 'Import' }).click();
    await shows(app, 'Some rows name nobody, so nothing was imported.');
    await app.getByLabel('Import the good rows').check();
    await app.getByLabel('Why they may be invited').selectOption('existing_member');
    await app.getByRole('button', { name: 'Import' }).click();
    await shows(app, 'What the import has done');
    await app.getByRole('link', { name: 'To the audiences' }).click();
    await rowOf(app, 'guests').getByText('2 members').waitFor();
    await app.getByRole('button', { name: 'More about guests' }).click();
    await shows(app, /^member of another community of yours · file “guests.csv” · .+ · ordered by Ada$/);
    expect(await basesIn(workspaceId)).toEqual(['existing_member by file']);
    // The refused import is the only answer that was no success.
    expect(faults.filter((fault) => !fault.includes('422'))).toEqual([]);
    await close();
  });

  it('that is no table is refused with the reason', async () => {
    const { telegramId } = await stage.claim('Torn');
    const { app, close } = await stage.open(telegramId, { startParam: 'audiences' });
    await app.getByRole('link', { name: 'Import a file' }).click();
    await app.getByLabel('File with people').setInputFiles(csvOf(''));
    await shows(app, 'The file holds no rows');
    const broken = { name: 'broken.xlsx', mimeType: '', buffer: Buffer.from('PK\u0003\u0004 broken') };
    await app.getByLabel('File with people').setInputFiles(broken);
    await shows(app, 'Cannot be read');
    await shows(app, /or it is damaged/);
    await close();
  });

  it('is stopped while it is imported, and shows how far it has come', async () => {
    const { telegramId } = await stage.claim('Stopped');
    const { app, close } = await stage.open(telegramId, { startParam: 'audiences' });
    await app.getByRole('link', { name: 'Import a file' }).click();
    const rows = Array.from({ length: 40_000 }, (_, index) => String(5_000_000 + index));
    await app.getByLabel('File with people').setInputFiles(csvOf(`telegram id\n${rows.join('\n')}\n`));
    await shows(app, 'Checked');
    await app.getByRole('button', { name: 'Import' }).click();
    await shows(app, /of 40,000 rows$/);
    await app.getByRole('button', { name: 'Stop and take back' }).click();
    await shows(app, 'Cancelled');
    await close();
  });
});

describe('whom not to contact', () => {
  it('is added, found by name, exported as hashes, and lifted with a reason', async () => {
    const { telegramId } = await stage.claim('Quiet');
    const { app, faults, close } = await stage.open(telegramId, { startParam: 'suppressions' });
    await shows(app, 'Nobody is on the list.');
    await app.getByLabel('Person', { exact: true }).fill('@quiet_one');
    await app.getByLabel('Why not').fill('Asked by mail');
    await app.getByRole('button', { name: 'Add to the list' }).click();
    await shows(app, 'Nobody contacts this person from now on.');
    await shows(app, 'Asked by mail');
    await app.getByLabel('Username, Telegram id or phone number').fill('@nobody_here');
    await app.getByRole('button', { name: 'Search' }).click();
    await shows(app, 'Nothing is kept of this person here.');
    await app.getByLabel('Username, Telegram id or phone number').fill('t.me/quiet_one');
    await app.getByRole('button', { name: 'Search' }).click();
    await shows(app, 'Kept of this person');
    await app.getByRole('button', { name: 'Export' }).click();
    expect(await app.getByLabel('The list as CSV').inputValue()).toMatch(
      /[0-9a-f]{64},workspace,,Asked by mail/,
    );
    await app.getByRole('button', { name: 'Lift “Asked by mail”' }).click();
    await app.getByLabel('Why may the person be contacted again?').fill('Changed their mind');
    await app.getByRole('button', { name: 'Lift it' }).click();
    await shows(app, 'Nothing is kept of this person here.');
    expect(faults).toEqual([]);
    await close();
  });

  it('is refused in words when it names nobody, and imported from a file', async () => {
    const { telegramId } = await stage.claim('Many');
    const { app, close } = await stage.open(telegramId, { startParam: 'suppressions' });
    await app.getByLabel('Username, Telegram id or phone number').fill('not a name');
    await app.getByRole('button', { name: 'Search' }).click();
    await shows(app, 'This is neither a Telegram id nor a username');
    await app.getByRole('link', { name: 'Import' }).click();
    await app.getByLabel('File with people').setInputFiles(csvOf('username\n@quiet_one\n@quiet_two\n'));
    await shows(app, 'Checked');
    await app.getByLabel('What becomes of these people').selectOption('suppression');
    await app.getByLabel('Why not').fill('Old list');
    await app.getByRole('button', { name: 'Import' }).click();
    await app.getByRole('link', { name: 'To the list' }).click();
    await rowOf(app, 'Old list').nth(1).waitFor();
    await close();
  });

  it('is only read by a viewer', async () => {
    const { add } = await stage.claim('Seen');
    const { app, close } = await stage.open(await add('viewer'), { startParam: 'suppressions' });
    await shows(app, 'Nobody is on the list.');
    expect(await app.getByRole('button').allInnerTexts()).toEqual(['Search']);
    await close();
  });
});

it.each(['en', 'ru'] as const)(
  'are clean by axe in %s, light and dark, narrow and wide',
  async (language) => {
    const isEn = language === 'en';
    const { telegramId, workspaceId } = await stage.claim(isEn ? 'Looks' : 'Виды', language);
    const { app, close } = await stage.open(telegramId, { startParam: 'audiences' });
    await app.getByLabel(isEn ? 'Name' : 'Название', { exact: true }).fill('Anna & Bert');
    await app.getByLabel(isEn ? 'Typed people' : 'Введённые люди').fill('@anna_here\n!!');
    await app.getByRole('button', { name: isEn ? 'Make the audience' : 'Создать аудиторию' }).click();
    await shows(app, isEn ? /^1 member/ : /^1 участник/);
    await app.getByRole('link', { name: isEn ? 'Import a file' : 'Импорт файла' }).click();
    await app
      .getByLabel(isEn ? 'File with people' : 'Файл с людьми')
      .setInputFiles(
        csvOf('first name,last name,username,city\nAnna,Lund,@anna_here,Kiel\nBert,Berg,!!,Bonn\n'),
      );
    await shows(app, isEn ? 'Checked' : 'Проверен');
    await close();
    await stage.db.owner.execute(sql`
    insert into suppression (workspace_id, scope, person_hash, reason, created_at)
    values (${workspaceId}, 'workspace', sha256('x'), 'Asked', now())`);
    await expectClean(stage, telegramId, {
      startParam: 'audiences',
      until: async (panel) => {
        await panel.getByText('Anna & Bert').first().waitFor();
        const more = panel.getByRole('button', { name: isEn ? 'More about' : 'Подробнее:' });
        if (await more.isVisible()) {
          await more.click();
          await panel.getByLabel(isEn ? 'Take everybody who fits' : 'Взять всех подходящих').check();
        }
        await shows(panel, /!!/);
        await shows(panel, isEn ? /typed list/ : /введённый список/);
      },
    });
    await expectClean(stage, telegramId, {
      startParam: 'audiences',
      until: async (panel) => {
        const way = panel.getByRole('link', { name: isEn ? 'Import a file' : 'Импорт файла' });
        const file = panel.getByRole('link', { name: /guests.csv/ });
        const title = panel.getByRole('heading', { name: 'guests.csv' });
        await way.or(title).first().waitFor();
        if (await way.isVisible()) {
          await way.click();
          await file.click();
        }
        await shows(panel, 'Kiel');
      },
    });
    await expectClean(stage, telegramId, {
      startParam: 'suppressions',
      until: (panel) => shows(panel, 'Asked'),
    });
  },
);
