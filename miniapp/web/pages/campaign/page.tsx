import type { CampaignDetail } from '#miniapp/contract/campaigns.ts';
import type { Me } from '#miniapp/contract/session.ts';
import { useCampaign } from '../../api/campaigns.ts';
import { useTexts } from '../../texts/context.ts';
import { standingAlone } from '../../texts/format.ts';
import { Chip } from '../../ui/chip.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { toneOf } from '../campaign-look.ts';
import { LoadFailed } from '../load-failed.tsx';
import { Feed } from './feed.tsx';
import { Forecast } from './forecast.tsx';
import { Lanes } from './lanes.tsx';
import { Overview } from './overview.tsx';
import css from './page.module.css';
import { PauseNote } from './pause-note.tsx';
import { Reasons } from './reasons.tsx';
import { Steering } from './steering.tsx';
import { Stops } from './stops.tsx';
import { Waiting } from './waiting.tsx';

const ENDED: readonly CampaignDetail['status'][] = ['finished', 'cancelled', 'failed'];

/** One campaign as it moves. */
export const CampaignPage = ({ campaignId, me }: { campaignId: string; me: Me }) => {
  const { t } = useTexts();
  const { data: campaign, error, refetch } = useCampaign(campaignId);

  if (!campaign) {
    return (
      <Page title={t('web-campaigns')} subtitle={me.workspace.name}>
        {error ? (
          <LoadFailed title={t('web-campaign-lost')} error={error} onRetry={() => void refetch()} />
        ) : (
          <Skeleton cards={3} />
        )}
      </Page>
    );
  }
  const { status } = campaign;
  return (
    <Page
      title={campaign.name}
      subtitle={t('web-into', { community: campaign.community })}
      aside={
        <Chip
          tone={toneOf[status]}
          text={standingAlone(t(`campaign-status-${status}`))}
          isMoving={status === 'running'}
        />
      }
    >
      <PauseNote campaign={campaign} />
      <Stops campaign={campaign} />
      {me.maySteer && <Steering campaign={campaign} />}
      <div className={css.columns}>
        <div className={css.column}>
          <Overview campaign={campaign} />
          {!ENDED.includes(status) && <Forecast campaign={campaign} />}
          <Lanes campaign={campaign} />
          <div className={css.last}>
            <Waiting campaign={campaign} />
          </div>
        </div>
        <div className={css.column}>
          <Feed campaign={campaign} />
          <Reasons campaign={campaign} />
        </div>
      </div>
    </Page>
  );
};
