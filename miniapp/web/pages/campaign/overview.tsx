import type { CampaignDetail } from '#miniapp/contract/campaigns.ts';
import { useServerNow } from '../../api/server-clock.ts';
import { type Texts, useTexts } from '../../texts/context.ts';
import { formatMoment, formatPercent, formatRoughly } from '../../texts/format.ts';
import { Dot, PARTS, type Part, ProgressRing } from '../../ui/progress.tsx';
import { percentOf, sharesOf } from '../campaign-look.ts';
import css from './overview.module.css';

const LEGEND: Record<Part, string> = {
  joined: 'web-legend-joined',
  alreadyMember: 'web-legend-already-member',
  refused: 'web-legend-refused',
  waiting: 'web-legend-waiting',
  open: 'web-legend-open',
};

/** How far it is: a ring with its legend, the pace, and the time left. */
export const Overview = ({ campaign }: { campaign: CampaignDetail }) => {
  const texts = useTexts();
  const { t } = texts;
  const now = useServerNow();
  const { counts } = campaign;
  const shares = sharesOf(counts);
  const percent = percentOf(counts);
  const percentText = formatPercent(texts.language, percent);
  return (
    <div className={css.card}>
      <div className={css.top}>
        <div className={css.ring}>
          <ProgressRing shares={shares} percent={percent} label={t('web-progress', { percent: percentText })}>
            <span className={css.percent}>{percentText}</span>
            <span className={css.of}>
              {t('web-settled-of-total', { settled: counts.settled, total: counts.total })}
            </span>
          </ProgressRing>
        </div>
        <dl className={css.legend}>
          {PARTS.map((part) => (
            <div key={part} className={css.entry}>
              <dt className={css.word}>
                <Dot part={part} />
                {t(LEGEND[part])}
              </dt>
              <dd className={css.number}>{shares[part].toLocaleString(texts.language)}</dd>
            </div>
          ))}
        </dl>
      </div>
      <dl className={css.facts}>
        <Fact word={t('web-pace')} value={t('web-pace-value', { count: campaign.pace.settledLastDay })} />
        <Fact {...ending(texts, campaign, now)} />
      </dl>
    </div>
  );
};

const Fact = ({ word, value }: { word: string; value: string }) => (
  <div className={css.fact}>
    <dt className={css.factWord}>{word}</dt>
    <dd className={css.factValue}>{value}</dd>
  </div>
);

/** When it ended, or how long it still takes at the pace of the last day. */
const ending = ({ t }: Texts, campaign: CampaignDetail, now: number): { word: string; value: string } => {
  const { finishedAt, status, pace } = campaign;
  if (finishedAt) return { word: t('web-finished'), value: formatMoment(t, new Date(finishedAt), now) };
  const word = t('web-time-left');
  if (status !== 'running') return { word, value: t('web-time-left-none') };
  if (pace.timeLeftMs === null) return { word, value: t('web-time-left-unknown') };
  return { word, value: t('web-time-left-value', { duration: formatRoughly(t, pace.timeLeftMs) }) };
};
