import { errorLabelKey } from '#locales/keys.ts';
import type { CampaignDetail } from '#miniapp/contract/campaigns.ts';
import { useTexts } from '../../texts/context.ts';
import { standingAlone } from '../../texts/format.ts';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import css from './reasons.module.css';

/** Telegram's own error names; rules of Usher have no other name than their words. */
const TELEGRAM_NAME = /^[A-Z0-9_]+$/;

/** Why people ended without joining, in plain words, most frequent first. Telegram's own name stands small beneath. */
export const Reasons = ({ campaign }: { campaign: CampaignDetail }) => {
  const { t, language } = useTexts();
  const reasons = campaign.reasons.filter(({ status }) => status !== 'already_member');
  if (reasons.length === 0) return null;
  const largest = Math.max(...reasons.map(({ count }) => count));
  return (
    <Section title={t('web-reasons')} count={reasons.reduce((sum, { count }) => sum + count, 0)}>
      <Rows>
        {reasons.map(({ status, reason, count }) => (
          <Row
            key={`${status} ${reason}`}
            title={standingAlone(t(errorLabelKey(reason)))}
            detail={
              <>
                <span className={css.track} aria-hidden="true">
                  <span className={css.share} style={{ width: `${(100 * count) / largest}%` }} />
                </span>
                {TELEGRAM_NAME.test(reason) && <code className={css.code}>{reason}</code>}
              </>
            }
            end={count.toLocaleString(language)}
          />
        ))}
      </Rows>
    </Section>
  );
};
