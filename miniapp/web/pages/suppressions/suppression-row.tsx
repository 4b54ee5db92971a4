import { useState } from 'react';
import type { SuppressionPage } from '#miniapp/contract/audiences.ts';
import { useLift } from '../../api/audiences.ts';
import { useServerNow } from '../../api/server-clock.ts';
import { feel } from '../../telegram/haptics.ts';
import { useTexts } from '../../texts/context.ts';
import { formatMoment } from '../../texts/format.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Row } from '../../ui/row.tsx';
import css from '../../ui/stack.module.css';
import { Refusal } from '../refusal.tsx';

const REASON_LENGTH = 200;

/** One suppression, and its end with a reason. Whom it is about nobody can tell. */
export const SuppressionRow = (props: { item: SuppressionPage['items'][number]; mayLift: boolean }) => {
  const { t } = useTexts();
  const now = useServerNow();
  const { mutate, isPending, error } = useLift();
  const [isLifting, setLifting] = useState(false);
  const [why, setWhy] = useState('');
  const { suppressionId, scope, reason, createdAt } = props.item;
  const lift = () =>
    mutate(
      { suppressionId, reason: why.trim() },
      { onSuccess: () => feel('success'), onError: () => feel('error') },
    );
  return (
    <Row
      title={reason}
      detail={
        <>
          {`${t(`audiences-scope-${scope}`)} · ${formatMoment(t, new Date(createdAt), now)}`}
          {isLifting && (
            <span className={css.group}>
              <Field
                label={t('audiences-lift-reason')}
                hint={t('audiences-lift-hint')}
                value={why}
                maxLength={REASON_LENGTH}
                onChange={setWhy}
              />
              <span className={css.deeds}>
                <Button
                  tone="bad"
                  text={t('audiences-lift-it')}
                  isBusy={isPending || why.trim() === ''}
                  onClick={lift}
                />
                <Button text={t('audiences-lift-not')} onClick={() => setLifting(false)} />
              </span>
            </span>
          )}
          <Refusal error={error} />
        </>
      }
      end={
        props.mayLift &&
        !isLifting && (
          <Button
            text={t('audiences-lift')}
            name={t('audiences-lift-name', { reason })}
            onClick={() => setLifting(true)}
          />
        )
      }
    />
  );
};
