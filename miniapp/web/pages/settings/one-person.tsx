import { useState } from 'react';
import { useErasePerson, usePersonData } from '../../api/privacy.ts';
import { feel } from '../../telegram/haptics.ts';
import { useTexts } from '../../texts/context.ts';
import { Button } from '../../ui/button.tsx';
import { Field } from '../../ui/field.tsx';
import { Section } from '../../ui/section.tsx';
import css from '../../ui/stack.module.css';
import { Refusal } from '../refusal.tsx';
import { TextFile } from '../text-file.tsx';

const LONGEST_NAME = 64;

/** What one person may ask for: all that is kept of them, or to be erased. For owners. */
export const OnePerson = () => {
  const { t } = useTexts();
  const [typed, setTyped] = useState('');
  const person = typed.trim();
  return (
    <Section title={t('settings-person')}>
      <div className={css.form}>
        <Field
          label={t('settings-person-who')}
          hint={t('settings-person-text')}
          value={typed}
          maxLength={LONGEST_NAME}
          onChange={setTyped}
        />
        <HandOut key={`of ${person}`} person={person} />
        <Erase key={`without ${person}`} person={person} />
      </div>
    </Section>
  );
};

const HandOut = ({ person }: { person: string }) => {
  const { t } = useTexts();
  const { mutate, isPending, error, data } = usePersonData();
  return (
    <>
      <div className={css.deeds}>
        <Button
          text={t('settings-person-data')}
          isBusy={isPending || person === ''}
          onClick={() => mutate(person, { onError: () => feel('error') })}
        />
      </div>
      {data && (
        <TextFile
          label={t(data.people.length > 0 ? 'settings-person-kept' : 'settings-person-nothing')}
          text={JSON.stringify(data, undefined, 2)}
          name="personal-data.json"
        />
      )}
      <Refusal error={error} />
    </>
  );
};

/** Cannot be taken back, so whoever is meant is typed a second time. */
const Erase = ({ person }: { person: string }) => {
  const { t } = useTexts();
  const { mutate, isPending, error, data } = useErasePerson();
  const [again, setAgain] = useState('');
  const erase = () =>
    mutate(
      { person, confirmation: again.trim() },
      {
        onSuccess: () => {
          feel('success');
          setAgain('');
        },
        onError: () => feel('error'),
      },
    );
  return (
    <>
      <Field
        label={t('settings-person-again')}
        hint={t('settings-person-erase-text')}
        value={again}
        maxLength={LONGEST_NAME}
        onChange={setAgain}
      />
      <div className={css.deeds}>
        <Button
          tone="bad"
          text={t('settings-person-erase')}
          isBusy={isPending || person === '' || again.trim() === ''}
          onClick={erase}
        />
      </div>
      {data && (
        <p role="status" className={css.hint}>
          {t('settings-person-erased', { sightings: data.sightings, memberships: data.memberships })}
        </p>
      )}
      <Refusal error={error} />
    </>
  );
};
