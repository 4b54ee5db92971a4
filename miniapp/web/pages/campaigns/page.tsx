import type { Me } from '#miniapp/contract/session.ts';
import { useCampaigns } from '../../api/campaigns.ts';
import { useTexts } from '../../texts/context.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { LiveMark } from '../live-mark.tsx';
import { LoadFailed } from '../load-failed.tsx';
import { CampaignCard } from './campaign-card.tsx';
import css from './page.module.css';

/** Every campaign of the workspace, newest first, each with its progress. */
export const CampaignsPage = ({ me }: { me: Me }) => {
  const { t } = useTexts();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useCampaigns();
  const items = data?.pages.flatMap((page) => page.items);
  const total = data?.pages[0]?.total ?? 0;
  const place = total > 0 ? ` · ${t('campaigns-count', { count: total })}` : '';

  return (
    <Page title={t('web-campaigns')} subtitle={`${me.workspace.name}${place}`} aside={<LiveMark />}>
      {!items && !error && <Skeleton cards={3} />}
      {!items && error && (
        <LoadFailed title={t('web-campaigns-lost')} error={error} onRetry={() => void refetch()} />
      )}
      {items?.length === 0 && (
        <Notice art="empty" title={t('web-no-campaigns')} text={t('web-no-campaigns-text')} />
      )}
      {items && items.length > 0 && (
        <ul className={css.list}>
          {items.map((campaign) => (
            <CampaignCard key={campaign.campaignId} campaign={campaign} />
          ))}
        </ul>
      )}
      <MoreButton hasMore={hasNextPage} isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()} />
    </Page>
  );
};
