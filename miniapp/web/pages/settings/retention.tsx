import { useState } from 'react';
import { LONGEST_KEPT_DAYS, SHORTEST_KEPT_DAYS } from '#miniapp/contract/kept-days.ts';
import type { RetentionAnswer } from '#miniapp/contract/privacy.ts';
import { useChangeRetention, useRetention } from '../../api/privacy.ts';
import { useServerNow } from '../../api/server-clock.ts';
import { feel } from '../../telegram/haptics.ts';
import { useTexts } from '../../texts/context.ts';
import { formatMoment } from '../../texts/format.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import css from '../../ui/stack.module.css';
import { LoadFailed } from '../load-failed.tsx';
import { Refusal } from '../refusal.tsx';

const SHOWN_PASSES = 5;

/** How long collected people are kept whom nothing uses, and what the last passes have forgotten. */
export const Retention = () => {
  const { t } = useTexts();
  const { data, error, refetch } = useRetention();
  if (!data) {
    return error ? (
      <LoadFailed title={t('settings-retention-lost')} error={error} onRetry={() => void refetch()} />
    ) : (
      <Skeleton cards={1} />
    );
  }
  return (
    <div className={css.group}>
      <Section title={t('settings-retention')}>
        <KeptDays retention={data} />
        <Passes reports={data.reports} />
      </Section>
    </div>
  );
};

const KeptDays = ({ retention: { keptDays, dueAt } }: { retention: RetentionAnswer }) => {
  const { t } = useTexts();
  const { mutate, isPending, error } = useChangeRetention();
  const [typed, setTyped] = useState<string>();
  const days = Number(typed ?? keptDays);
  const keep = () =>
    mutate(days, {
      onSuccess: () => {
        feel('success');
        setTyped(undefined);
      },
      onError: () => feel('error'),
    });
  return (
    <div className={css.form}>
      <Field
        type="number"
        label={t('settings-retention-days')}
        hint={t('settings-retention-text', { most: LONGEST_KEPT_DAYS })}
        min={SHORTEST_KEPT_DAYS}
        max={LONGEST_KEPT_DAYS}
        value={typed ?? String(keptDays)}
        onChange={setTyped}
      />
      <div className={css.deeds}>
        <Button
          text={t('settings-retention-keep')}
          isBusy={isPending || days === keptDays || !Number.isInteger(days)}
          onClick={keep}
        />
      </div>
      <p className={css.hint}>
        {t('settings-retention-next', { moment: t('moment-full', { at: new Date(dueAt) }) })}
      </p>
      <Refusal error={error} />
    </div>
  );
};

const Passes = ({ reports }: Pick<RetentionAnswer, 'reports'>) => {
  const { t } = useTexts();
  const now = useServerNow();
  if (reports.length === 0) return null;
  return (
    <Rows>
      {reports
        .slice(0, SHOWN_PASSES)
        .map(({ runId, finishedAt, startedAt, people, inAudience, inCampaign }) => (
          <Row
            key={runId}
            title={t('settings-retention-forgotten', { count: people })}
            detail={[
              formatMoment(t, new Date(finishedAt ?? startedAt), now),
              t('settings-retention-kept', { inAudience, inCampaign }),
            ].join(' · ')}
          />
        ))}
    </Rows>
  );
};
