import { useState } from 'react';
import { includesRole, ROLES } from '#miniapp/contract/roles.ts';
import { useMakeToken } from '../../api/settings.ts';
import type { Role } from '../../api/team.ts';
import { feel } from '../../telegram/haptics.ts';
import { useTexts } from '../../texts/context.ts';
import { standingAlone } from '../../texts/format.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import css from '../../ui/stack.module.css';
import { Refusal } from '../refusal.tsx';
import { ShownOnce } from '../shown-once.tsx';

const DAYS = ['7', '30', '90', '365'] as const;
const NAME_LENGTH = 64;

/** Makes a token with a role and an end, and shows it this once. */
export const NewToken = ({ role: own }: { role: Role }) => {
  const { t } = useTexts();
  const { mutate, isPending, error, data } = useMakeToken();
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('viewer');
  const [days, setDays] = useState<(typeof DAYS)[number]>('30');
  const make = () =>
    mutate(
      { name: name.trim(), role, days: Number(days) },
      {
        onSuccess: () => {
          feel('success');
          setName('');
        },
        onError: () => feel('error'),
      },
    );
  return (
    <div className={css.group}>
      <Section title={t('settings-token-new')}>
        <div className={css.form}>
          <Field
            label={t('settings-token-name')}
            hint={t('settings-token-text')}
            value={name}
            maxLength={NAME_LENGTH}
            onChange={setName}
          />
          <div className={css.deeds}>
            <Select
              label={t('settings-token-role')}
              value={role}
              options={ROLES.filter((value) => includesRole(own, value)).map((value) => ({
                value,
                text: standingAlone(t(`role-${value}`)),
              }))}
              onChange={setRole}
            />
            <Select
              label={t('settings-token-days')}
              value={days}
              options={DAYS.map((value) => ({ value, text: t('days-count', { count: Number(value) }) }))}
              onChange={setDays}
            />
            <Button text={t('settings-token-make')} isBusy={isPending || name.trim() === ''} onClick={make} />
          </div>
          {data && <ShownOnce key={data.tokenId} label={t('settings-token-once')} value={data.token} />}
        </div>
      </Section>
      <Refusal error={error} />
    </div>
  );
};
