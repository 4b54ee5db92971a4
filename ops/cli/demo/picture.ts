import type { CampaignDetail } from '#db/queries/get-campaign.ts';
import type { ParseTaskItem } from '#db/queries/list-parse-tasks.ts';
import type { Translate } from '#locales/translate.ts';
import type { Row, Screen } from '../screen.ts';

/** Turns what happens into rows of a screen. */
export function createPicture(t: Translate, screen: Screen) {
  const up: string[] = [];
  const rows = new Map<string, Row>();
  const draw = (changed: readonly Row[]) => {
    for (const row of changed) rows.set(row.label, row);
    screen.draw([...rows.values()]);
  };

  return {
    onUp(part: string): void {
      if (!up.includes(part)) up.push(part);
      draw([{ label: t('demo-row-parts'), done: up.length, total: PARTS, detail: up.join(', ') }]);
    },
    onAccounts(connected: number, total: number): void {
      const detail = t('demo-accounts', { connected, total });
      draw([{ label: t('demo-row-accounts'), done: connected, total, detail }]);
    },
    onParse(tasks: readonly ParseTaskItem[]): void {
      draw(
        tasks.map(({ communityReference, source, seen, total, people, status }) => ({
          label: `${communityReference} ${t(`parse-source-${source}`)}`,
          done: status === 'done' ? 1 : seen,
          total: status === 'done' ? 1 : (total ?? undefined),
          detail: t('demo-parse', { people, status: t(`parse-status-${status}`) }),
        })),
      );
    },
    onCampaign({ name, counts, startedAt, feed }: CampaignDetail): void {
      const [last] = feed;
      const at = last?.at ?? startedAt;
      const detail = t('demo-campaign', {
        settled: counts.settled,
        total: counts.total,
        joined: counts.joined,
        at: at ? t('moment-full', { at }) : '',
      });
      draw([{ label: name, done: counts.settled, total: counts.total, detail }]);
    },
  };
}

/** Postgres, offline Telegram, worker, and server with bot. */
const PARTS = 4;
