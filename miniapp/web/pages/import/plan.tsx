import { useState } from 'react';
import { type AudienceFile, type FilePlan, useFileDeed } from '../../api/audience-files.ts';
import { feel } from '../../telegram/haptics.ts';
import { useTexts } from '../../texts/context.ts';
import { Button } from '../../ui/button.tsx';
import { Check } from '../../ui/check.tsx';
import { Field } from '../../ui/field.tsx';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import css from '../../ui/stack.module.css';
import { BASES } from '../audiences/parts.ts';
import { Refusal } from '../refusal.tsx';

const INTO = ['audience', 'suppression'] as const;
const NAME_LENGTH = 100;
const REASON_LENGTH = 200;

/** What becomes of the people of a checked file, and the start of it. */
export const Plan = ({ file }: { file: AudienceFile }) => {
  const { t } = useTexts();
  const { mutate, isPending, error } = useFileDeed(file.fileId);
  const [into, setInto] = useState<(typeof INTO)[number]>('audience');
  const [name, setName] = useState(file.name.replace(/\.\w+$/, '').slice(0, NAME_LENGTH));
  const [reason, setReason] = useState('');
  const [basis, setBasis] = useState<(typeof BASES)[number]>('collected');
  const [onlyGoodRows, setOnlyGoodRows] = useState(false);
  const text = (into === 'audience' ? name : reason).trim();
  const plan: FilePlan =
    into === 'audience' ? { into, name: text, basis, onlyGoodRows } : { into, reason: text, onlyGoodRows };
  return (
    <div className={css.group}>
      <Section title={t('audiences-import')}>
        <div className={css.form}>
          <div className={css.deeds}>
            <Select
              label={t('audiences-import-into')}
              value={into}
              options={INTO.map((value) => ({ value, text: t(`audiences-into-${value}`) }))}
              onChange={setInto}
            />
            {into === 'audience' && (
              <Select
                label={t('audiences-basis')}
                value={basis}
                options={BASES.map((value) => ({ value, text: t(`basis-${value}`) }))}
                onChange={setBasis}
              />
            )}
          </div>
          {into === 'audience' ? (
            <Field label={t('audiences-name')} value={name} maxLength={NAME_LENGTH} onChange={setName} />
          ) : (
            <Field
              label={t('audiences-suppress-reason')}
              value={reason}
              maxLength={REASON_LENGTH}
              onChange={setReason}
            />
          )}
          {file.rows.bad > 0 && (
            <Check label={t('audiences-only-good')} isOn={onlyGoodRows} onChange={setOnlyGoodRows} />
          )}
          <div className={css.deeds}>
            <Button
              text={t('audiences-import-it')}
              isBusy={isPending || text === ''}
              onClick={() =>
                mutate(
                  { verb: 'import', plan },
                  { onSuccess: () => feel('success'), onError: () => feel('error') },
                )
              }
            />
          </div>
        </div>
      </Section>
      <Refusal error={error} />
    </div>
  );
};
