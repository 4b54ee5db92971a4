import { sql } from 'drizzle-orm';
import { afterEach, expect, it } from 'vitest';
import { invitesInto, reportOf, runCampaign } from './testing/campaign.ts';
import { type Stage, setStage } from './testing/stage.ts';

let stage: Stage;
afterEach(() => stage.close());

it('invites whoever a number leads to, and says of whom it leads to nobody', async () => {
  stage = await setStage({ scale: 10_000 });
  await stage.startWorker({ telegram: { ...stage.telegram.config, callDeadlineMs: 1000 } });
  const account = await stage.connect({ firstName: 'Ann' });
  const numbers = ['447700900611', '447700900612'];
  const { campaignId, chatId } = await runCampaign(
    stage,
    [account],
    [{ phone: numbers[0] ?? '' }, { phone: numbers[1] ?? '', isHiddenByPhone: true }, {}],
  );
  await stage.event('campaign.finished', (payload) => payload.campaignId === campaignId);
  const report = await reportOf(stage, campaignId);
  expect(report.counts).toMatchObject({ joined: 2, unreachable: 1 });
  expect(report.reasons).toMatchObject(
    expect.arrayContaining([expect.objectContaining({ reason: 'PHONE_NOT_OCCUPIED', count: 1 })]),
  );
  expect(invitesInto(stage, chatId)).toHaveLength(2);
  expect(await tablesWith(numbers.join('|'))).toEqual(['audience', 'person']);
});

/** The queue's too: a number stands with its person and in what was typed, and nowhere else. */
const tablesWith = async (pattern: string): Promise<string[]> => {
  const tables = await stage.db.owner.execute<{ name: string; place: string }>(sql`
    select tablename as name, format('%I.%I', schemaname, tablename) as place from pg_tables
    where schemaname not in ('pg_catalog', 'information_schema') order by tablename`);
  const found: string[] = [];
  for (const { name, place } of tables) {
    const rows = await stage.db.owner.execute(sql`
      select 1 from ${sql.raw(place)} as row where row::text ~ ${pattern} limit 1`);
    if (rows.length > 0) found.push(name);
  }
  return found;
};
