import { sql } from 'drizzle-orm';
import { afterEach, expect, it } from 'vitest';
import { erasePerson } from '#db/commands/erase-person.ts';
import { createHashPerson } from '#db/person-hash.ts';
import { getRetention } from '#db/queries/get-retention.ts';
import { suppressionKey } from './testing/keys.ts';
import { type Stage, setStage } from './testing/stage.ts';

let stage: Stage;
afterEach(() => stage.close());

const add = (telegramId: string, firstName: string, age: string) =>
  stage.db.owner.execute(sql`
    insert into person (workspace_id, telegram_id, first_name, is_bot, is_deleted, is_scam, is_premium, has_photo,
      is_admin_somewhere, last_seen, seen_at)
    values (${stage.workspaceId}, ${telegramId}, ${firstName}, false, false, false, false, false, false, 'recently',
      ${stage.clock.now().toISOString()}::timestamptz - ${age}::interval)`);

it('each day a worker forgets who is old and unused, and erases again who had been erased', async () => {
  stage = await setStage({ scale: 20_000 });
  const hashPerson = createHashPerson(suppressionKey);
  await erasePerson(stage.context(), { person: { telegramId: '903' }, hashPerson });
  await add('901', 'Old', '31 days');
  await add('902', 'New', '1 day');
  await add('903', 'Returned', '1 day');
  await stage.startWorker();
  const told = await stage.event('retention.finished');
  expect(told).toMatchObject({ people: 1 });
  const left = await stage.db.owner.execute<{ first_name: string }>(sql`select first_name from person`);
  expect(left.map((row) => row.first_name)).toEqual(['New']);
  await stage.until(async () => {
    const { reports } = await getRetention(stage.context());
    return reports.length > 1 ? true : undefined;
  });
});
