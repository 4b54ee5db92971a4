import { useState } from 'react';
import { EVENT_KINDS, nounOf } from '#miniapp/contract/event-kinds.ts';
import type { WebhookPage } from '#miniapp/contract/webhooks.ts';
import { useWebhookDeed, useWebhooks } from '../../api/settings.ts';
import { confirmWith } from '../../telegram/confirm.ts';
import { feel } from '../../telegram/haptics.ts';
import { useTexts } from '../../texts/context.ts';
import { formatMoment } from '../../texts/format.ts';
import { Button } from '../../ui/button.tsx';
import { Chip } from '../../ui/chip.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { CardText, Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from '../../ui/stack.module.css';
import { LoadFailed } from '../load-failed.tsx';
import { Refusal } from '../refusal.tsx';
import { Deliveries } from './deliveries.tsx';
import look from './settings.module.css';

type Webhook = WebhookPage['items'][number];

/** The addresses that are told what happens, how each answers, and what it was told. */
export const Webhooks = () => {
  const { t } = useTexts();
  const { items, first, total, error: lost, refetch, ...more } = useWebhooks();
  const { mutate, isPending, error } = useWebhookDeed();
  const [shown, setShown] = useState<string>();
  if (!items || !first) {
    return lost ? (
      <LoadFailed title={t('settings-webhooks-lost')} error={lost} onRetry={() => void refetch()} />
    ) : (
      <Skeleton cards={1} />
    );
  }
  const now = Date.parse(first.realNow);
  const FEEL = { onSuccess: () => feel('success'), onError: () => feel('error') };
  const remove = async ({ webhookId, url }: Webhook) => {
    const isMeant = await confirmWith({
      title: t('settings-webhook-remove-title'),
      message: t('settings-webhook-remove-text', { url: url.slice(0, 120) }),
      accept: t('settings-webhook-remove'),
    });
    if (isMeant) mutate({ verb: 'remove', webhookId }, FEEL);
  };
  const trouble = ({ disabledAt, disabledBecause, failingSince }: Webhook) => {
    if (disabledAt) return t('settings-webhook-off-because', { answer: disabledBecause ?? '—' });
    return (
      failingSince &&
      t('settings-webhook-failing-since', { moment: formatMoment(t, new Date(failingSince), now) })
    );
  };
  return (
    <div className={css.group}>
      <Section title={t('settings-webhooks')} count={total}>
        {items.length === 0 ? (
          <CardText>{t('settings-webhooks-empty')}</CardText>
        ) : (
          <Rows>
            {items.map((webhook) => {
              const { webhookId, url, kinds, waiting } = webhook;
              const isShown = shown === webhookId;
              return (
                <Row
                  key={webhookId}
                  title={
                    <span className={look.title}>
                      <span className={look.url}>{url}</span>
                      <State webhook={webhook} />
                    </span>
                  }
                  detail={
                    <>
                      {kinds
                        ? aboutOf(kinds)
                            .map((noun) => t(`settings-about-${noun}`))
                            .join(', ')
                        : t('settings-webhook-every')}
                      {waiting > 0 && ` · ${t('settings-webhook-waiting', { count: waiting })}`}
                      {trouble(webhook) && <p>{trouble(webhook)}</p>}
                      <span className={css.under}>
                        <Button
                          text={t(isShown ? 'settings-deliveries-hide' : 'settings-deliveries')}
                          name={isShown ? undefined : t('settings-deliveries-name', { url })}
                          onClick={() => setShown(isShown ? undefined : webhookId)}
                        />
                        {webhook.disabledAt && (
                          <Button
                            text={t('settings-webhook-on')}
                            name={t('settings-webhook-on-name', { url })}
                            isBusy={isPending}
                            onClick={() => mutate({ verb: 'enable', webhookId }, FEEL)}
                          />
                        )}
                        <Button
                          tone="bad"
                          text={t('settings-webhook-remove')}
                          name={t('settings-webhook-remove-name', { url })}
                          isBusy={isPending}
                          onClick={() => void remove(webhook)}
                        />
                      </span>
                      {isShown && <Deliveries webhookId={webhookId} />}
                    </>
                  }
                />
              );
            })}
          </Rows>
        )}
      </Section>
      <MoreButton
        hasMore={more.hasNextPage}
        isBusy={more.isFetchingNextPage}
        onClick={() => void more.fetchNextPage()}
      />
      <Refusal error={error} />
    </div>
  );
};

const State = ({ webhook: { disabledAt, failingSince } }: { webhook: Webhook }) => {
  const { t } = useTexts();
  if (disabledAt) return <Chip tone="bad" text={t('settings-webhook-off')} />;
  return failingSince ? (
    <Chip tone="warm" text={t('settings-webhook-failing')} />
  ) : (
    <Chip tone="good" text={t('settings-webhook-works')} />
  );
};

/** What the events it is told are about. */
const aboutOf = (kinds: readonly string[]): string[] => [
  ...new Set(EVENT_KINDS.filter((kind) => kinds.includes(kind)).map(nounOf)),
];
