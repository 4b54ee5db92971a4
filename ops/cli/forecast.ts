import { z } from 'zod';
import { invitesADay } from '#core/forecast/forecast.ts';
import type { Language } from '#core/statuses.ts';
import { findCampaignByName } from '#db/queries/find-campaign.ts';
import { type CampaignForecast, getForecast } from '#db/queries/get-forecast.ts';
import { type AccountItem, listAccounts } from '#db/queries/list-accounts.ts';
import type { Translate } from '#locales/bundle.ts';
import { formatDuration } from '#locales/duration.ts';
import { assumptionSentence, neverSentence } from '#locales/forecast.ts';
import { createTranslate } from '#locales/translate.ts';
import { defineCommand, flag, UsageError } from './command.ts';
import { asOption } from './operator.ts';
import { runAs } from './run-as.ts';

/** `usher forecast`: what becomes of a campaign from now on. Changes nothing. */
export const forecast = defineCommand({
  synopsis: '<campaign name>',
  options: { as: asOption, json: flag('print it as JSON') },
  words: z.tuple([z.string().min(1)]),
  async run({ as, json }, [name]) {
    return runAs(as, 'viewer', async ({ context, language, say }) => {
      const words = wordsOf(language);
      const ctx = context();
      const found = await findCampaignByName(ctx, name);
      if (!found) throw new UsageError(`no campaign is named ${name}`);
      const told = await getForecast(ctx, { campaignId: found.campaignId });
      if (json) say(JSON.stringify({ name, ...found, forecast: told ?? null }));
      else if (!told) say(`${name}: ${words.t(`campaign-status-${found.status}`)}`);
      else {
        const lines = describe(words, told, await listAccounts(ctx), ctx.now);
        say([name, ...lines].join('\n'));
      }
    });
  },
});

function describe(
  { t, number, percent }: Words,
  told: CampaignForecast,
  accounts: readonly AccountItem[],
  now: Date,
): string[] {
  const { finishesAt, never, binding, invites, remaining } = told;
  const rows: [string, string][] = [
    [t('forecast-finishes'), finishesAt ? ending(t, finishesAt, now) : t('forecast-finishes-never')],
    [t('forecast-invites'), number(invites)],
    [t('forecast-pace'), t('forecast-pace-value', { count: invitesADay(told, now) })],
    [
      t('forecast-bound-by'),
      binding
        ? `${t(`slot-${binding.because}`)} (${t('forecast-bound-share', { share: percent(binding.share) })})`
        : t('forecast-bound-by-nothing'),
    ],
  ];
  if (remaining > 0) rows.push([t('forecast-left-over'), t('people-count', { count: remaining })]);
  if (told.accounts.length > 0) rows.push([t('forecast-accounts'), '']);
  const names = new Map(accounts.map((each) => [each.accountId, nameOf(each)]));
  for (const each of told.accounts) {
    rows.push([`  ${names.get(each.accountId) ?? each.accountId}`, number(each.invites)]);
  }
  const width = Math.max(...rows.map(([word]) => word.length));
  return [
    ...rows.map(([word, value]) => `  ${word.padEnd(width)}  ${value}`.trimEnd()),
    ...(never ? [`  ${neverSentence(t, never)}`] : []),
    `  ${assumptionSentence(t, told.assumes)}`,
  ];
}

/** How the terminal's language puts things. */
type Words = { t: Translate; number(value: number): string; percent(share: number): string };

const wordsOf = (language: Language): Words => ({
  t: createTranslate(language),
  number: new Intl.NumberFormat(language).format,
  percent: new Intl.NumberFormat(language, { style: 'percent' }).format,
});

const nameOf = ({ username, firstName }: AccountItem): string => (username ? `@${username}` : firstName);

const ending = (t: Translate, at: Date, now: Date): string =>
  `${t('moment-full', { at })} UTC (${formatDuration(t, at.getTime() - now.getTime())})`;
