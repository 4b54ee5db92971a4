import { errorLabelKey } from '#locales/keys.ts';
import type { CampaignDetail } from '#miniapp/contract/campaigns.ts';
import { useServerNow } from '../../api/server-clock.ts';
import { useTexts } from '../../texts/context.ts';
import { formatMoment } from '../../texts/format.ts';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import css from './reasons.module.css';

/** Who is tried again later, why, and from when on. */
export const Waiting = ({ campaign }: { campaign: CampaignDetail }) => {
  const { t, language } = useTexts();
  const now = useServerNow();
  const { waiting } = campaign;
  if (waiting.length === 0) return null;
  return (
    <Section title={t('web-waiting')} count={waiting.reduce((sum, { count }) => sum + count, 0)}>
      <Rows>
        {waiting.map(({ reason, count, until }) => (
          <Row
            key={reason}
            title={<span className={css.words}>{t(errorLabelKey(reason))}</span>}
            detail={t('web-waiting-until', { moment: formatMoment(t, new Date(until), now) })}
            end={count.toLocaleString(language)}
          />
        ))}
      </Rows>
    </Section>
  );
};
