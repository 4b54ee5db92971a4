import { errorLabelKey } from '#locales/keys.ts';
import type { CampaignDetail } from '#miniapp/contract/campaigns.ts';
import { useServerNow } from '../../api/server-clock.ts';
import { useTexts } from '../../texts/context.ts';
import { formatMoment, standingAlone } from '../../texts/format.ts';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';

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
            title={standingAlone(t(errorLabelKey(reason)))}
            detail={t('web-waiting-until', { moment: formatMoment(t, new Date(until), now) })}
            end={count.toLocaleString(language)}
          />
        ))}
      </Rows>
    </Section>
  );
};
