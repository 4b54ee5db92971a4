import { evidenceKey } from '#locales/keys.ts';
import type { CampaignDetail } from '#miniapp/contract/campaigns.ts';
import { useServerNow } from '../../api/server-clock.ts';
import { useTexts } from '../../texts/context.ts';
import { formatMoment, standingAlone } from '../../texts/format.ts';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';

/** The breakers that hold the campaign: what was counted, and what would have been fine. */
export const Stops = ({ campaign }: { campaign: CampaignDetail }) => {
  const { t } = useTexts();
  const now = useServerNow();
  if (campaign.stops.length === 0) return null;
  return (
    <Section title={t('web-stops')}>
      <Rows>
        {campaign.stops.map(({ kind, openedAt, counted, sample, allowed }) => (
          <Row
            key={kind}
            title={t(evidenceKey(kind), {
              counted,
              allowed,
              sample: sample ?? 0,
            })}
            detail={standingAlone(t('web-stop-since', { moment: formatMoment(t, new Date(openedAt), now) }))}
          />
        ))}
      </Rows>
    </Section>
  );
};
