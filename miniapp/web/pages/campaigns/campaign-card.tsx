import type { CampaignSummary } from '#miniapp/contract/campaigns.ts';
import { campaignPath, navigate } from '../../router.ts';
import { feelSelection } from '../../telegram/haptics.ts';
import { useTexts } from '../../texts/context.ts';
import { formatPercent, standingAlone } from '../../texts/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Chip } from '../../ui/chip.tsx';
import { ProgressBar } from '../../ui/progress.tsx';
import { percentOf, sharesOf, toneOf } from '../campaign-look.ts';
import css from './campaign-card.module.css';

/** One campaign of the list: its state, its progress, and the way to more. */
export const CampaignCard = ({ campaign }: { campaign: CampaignSummary }) => {
  const { t, language } = useTexts();
  const { name, community, status, counts } = campaign;
  const percent = percentOf(counts);
  const percentText = formatPercent(language, percent);
  const path = campaignPath(campaign.campaignId);
  return (
    <li>
      <a
        href={path}
        className={css.card}
        onClick={(event) => {
          event.preventDefault();
          feelSelection();
          navigate(path);
        }}
      >
        <span className={css.head}>
          <Avatar name={community} isLarge />
          <span className={css.names}>
            <span className={css.name}>{name}</span>
            <span className={css.community}>{t('web-into', { community })}</span>
          </span>
          <Chip
            tone={toneOf[status]}
            text={standingAlone(t(`campaign-status-${status}`))}
            isMoving={status === 'running'}
          />
        </span>
        <ProgressBar
          shares={sharesOf(counts)}
          percent={percent}
          label={t('web-progress', { percent: percentText })}
        />
        <span className={css.foot}>
          <span>
            <b className={css.percent}>{percentText}</b>
            {t('web-settled-of-total', { settled: counts.settled, total: counts.total })}
          </span>
          <span>{t('web-joined-count', { count: counts.joined })}</span>
        </span>
      </a>
    </li>
  );
};
