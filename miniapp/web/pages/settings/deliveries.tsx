import type { DeliveryPage } from '#miniapp/contract/webhooks.ts';
import { useDeliveries } from '../../api/settings.ts';
import { useTexts } from '../../texts/context.ts';
import { formatMoment } from '../../texts/format.ts';
import { MoreButton } from '../../ui/more-button.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { LoadFailed } from '../load-failed.tsx';
import look from './settings.module.css';

/** What a webhook was told in the last days or is to be told, newest first. Its moments are real time. */
export const Deliveries = ({ webhookId }: { webhookId: string }) => {
  const { t } = useTexts();
  const { items, error, refetch, ...more } = useDeliveries(webhookId);
  if (!items) {
    return error ? (
      <LoadFailed title={t('settings-deliveries-lost')} error={error} onRetry={() => void refetch()} />
    ) : (
      <Skeleton cards={1} />
    );
  }
  if (items.length === 0) return <p className={look.delivery}>{t('settings-deliveries-empty')}</p>;
  return (
    <>
      <ul>
        {items.map((delivery) => (
          <li key={delivery.deliveryId} className={look.delivery}>
            <code className={look.kind}>{delivery.kind}</code>
            <Fate delivery={delivery} />
          </li>
        ))}
      </ul>
      <MoreButton
        hasMore={more.hasNextPage}
        isBusy={more.isFetchingNextPage}
        onClick={() => void more.fetchNextPage()}
      />
    </>
  );
};

const Fate = ({ delivery }: { delivery: DeliveryPage['items'][number] }) => {
  const { t } = useTexts();
  const { deliveredAt, dueAt, tries, answer } = delivery;
  const moment = (at: string) => formatMoment(t, new Date(at), Date.now());
  const fate = deliveredAt
    ? t('settings-delivery-arrived', { moment: moment(deliveredAt) })
    : dueAt
      ? t('settings-delivery-due', { moment: moment(dueAt) })
      : t('settings-delivery-given-up');
  const more = [
    tries > 0 && t('settings-delivery-tries', { count: tries }),
    answer && t('settings-delivery-answer', { answer }),
  ];
  return <span>{[fate, ...more].filter(Boolean).join(' · ')}</span>;
};
