import { useState } from 'react';
import { useSuppress } from '../../api/audiences.ts';
import { useSavedCommunities } from '../../api/communities.ts';
import { feel } from '../../telegram/haptics.ts';
import { useTexts } from '../../texts/context.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import css from '../../ui/stack.module.css';
import { Refusal } from '../refusal.tsx';

const REASON_LENGTH = 200;
const EVERYWHERE = 'workspace';

const identityOf = (who: string) => {
  if (who.startsWith('+')) return { phone: who };
  return /^\d+$/.test(who) ? { telegramId: who } : { username: who };
};

/** Adds somebody whom nobody contacts again, anywhere or in one community. */
export const Suppress = () => {
  const { t } = useTexts();
  const { mutate, isPending, error, isSuccess } = useSuppress();
  const { data: communities = [] } = useSavedCommunities();
  const [person, setPerson] = useState('');
  const [where, setWhere] = useState<string>(EVERYWHERE);
  const [reason, setReason] = useState('');
  const add = () => {
    const who = person.trim();
    mutate(
      {
        ...identityOf(who),
        ...(where === EVERYWHERE ? { scope: EVERYWHERE } : { scope: 'community', communityId: where }),
        reason: reason.trim(),
      },
      {
        onSuccess: () => {
          feel('success');
          setPerson('');
          setReason('');
        },
        onError: () => feel('error'),
      },
    );
  };
  return (
    <div className={css.group}>
      <Section title={t('audiences-suppress-add')}>
        <div className={css.form}>
          <Field
            label={t('audiences-suppress-who')}
            hint={t('audiences-suppress-who-hint')}
            value={person}
            maxLength={64}
            onChange={setPerson}
          />
          <Field
            label={t('audiences-suppress-reason')}
            value={reason}
            maxLength={REASON_LENGTH}
            onChange={setReason}
          />
          <div className={css.deeds}>
            <Select
              label={t('audiences-suppress-where')}
              value={where}
              options={[
                { value: EVERYWHERE, text: t('audiences-scope-workspace') },
                ...communities.map(({ communityId, title, reference }) => ({
                  value: communityId,
                  text: title ?? reference,
                })),
              ]}
              onChange={setWhere}
            />
            <Button
              text={t('audiences-suppress-it')}
              isBusy={isPending || person.trim() === '' || reason.trim() === ''}
              onClick={add}
            />
          </div>
          {isSuccess && (
            <p role="status" className={css.hint}>
              {t('audiences-suppress-done')}
            </p>
          )}
        </div>
      </Section>
      <Refusal error={error} />
    </div>
  );
};
