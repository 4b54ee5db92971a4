import { formatDuration } from '#locales/duration.ts';
import { assumptionSentence, neverSentence } from '#locales/forecast.ts';
import type { CampaignDetail } from '#miniapp/contract/campaigns.ts';
import type { CampaignForecast } from '#miniapp/contract/forecast.ts';
import { useForecast } from '../../api/campaigns.ts';
import { useServerNow } from '../../api/server-clock.ts';
import { useTexts } from '../../texts/context.ts';
import { formatMoment, formatPercent, standingAlone } from '../../texts/format.ts';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { LoadFailed } from '../load-failed.tsx';
import css from './forecast.module.css';

/** What becomes of a campaign from now on: when it ends, how fast it goes, and what holds it back. */
export const Forecast = ({ campaign }: { campaign: CampaignDetail }) => {
  const { t } = useTexts();
  const { data: forecast, error, refetch } = useForecast(campaign);
  if (forecast === null) return null;
  return (
    <Section title={t('forecast-title')}>
      {forecast ? (
        <Told forecast={forecast} />
      ) : error ? (
        <LoadFailed title={t('forecast-lost')} error={error} onRetry={() => void refetch()} />
      ) : (
        <Skeleton cards={1} />
      )}
    </Section>
  );
};

const Told = ({ forecast }: { forecast: CampaignForecast }) => {
  const { t } = useTexts();
  const { invites, remaining } = forecast;
  return (
    <>
      <Rows>
        <Ending forecast={forecast} />
        {invites > 0 && <Pace forecast={forecast} />}
        {remaining > 0 && (
          <Row
            title={t('forecast-left-over')}
            end={<Value>{t('people-count', { count: remaining })}</Value>}
          />
        )}
      </Rows>
      <p className={css.fine}>{assumptionSentence(t, forecast.assumes)}</p>
    </>
  );
};

/** When it ends and in how long, or why it never does. */
const Ending = ({ forecast: { finishesAt, never } }: { forecast: CampaignForecast }) => {
  const { t } = useTexts();
  const now = useServerNow();
  if (never) {
    return <Row title={standingAlone(t('forecast-finishes-never'))} detail={neverSentence(t, never)} />;
  }
  const at = finishesAt === null ? now : Date.parse(finishesAt);
  return (
    <Row
      title={t('forecast-finishes')}
      detail={at > now && t('forecast-in', { duration: formatDuration(t, at - now) })}
      end={<Value>{formatMoment(t, new Date(at), now)}</Value>}
    />
  );
};

/** How fast it goes, and the limit that lets it go no faster. */
const Pace = ({ forecast: { invitesADay, binding } }: { forecast: CampaignForecast }) => {
  const { t, language } = useTexts();
  const words = binding ? t(`slot-${binding.because}`) : t('forecast-bound-by-nothing');
  const share = binding && formatPercent(language, Math.round(100 * binding.share));
  return (
    <>
      <Row
        title={t('forecast-pace')}
        end={<Value>{t('forecast-pace-value', { count: invitesADay })}</Value>}
      />
      <Row
        title={t('forecast-bound-by')}
        detail={standingAlone(share ? `${words} · ${t('forecast-bound-share', { share })}` : words)}
      />
    </>
  );
};

const Value = (props: { children: string }) => <span className={css.value}>{props.children}</span>;
