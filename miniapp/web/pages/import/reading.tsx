import { useState } from 'react';
import { type FileReading, useFileDeed } from '../../api/audience-files.ts';
import { feel } from '../../telegram/haptics.ts';
import { useTexts } from '../../texts/context.ts';
import { Button } from '../../ui/button.tsx';
import { Check } from '../../ui/check.tsx';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import css from '../../ui/stack.module.css';
import look from '../audiences/audiences.module.css';
import { Refusal } from '../refusal.tsx';

const FIELDS = [
  { field: 'telegramId', word: 'telegram-id' },
  { field: 'username', word: 'username' },
  { field: 'phone', word: 'phone' },
  { field: 'firstName', word: 'first-name' },
  { field: 'lastName', word: 'last-name' },
] as const;
const ENCODINGS = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1251'] as const;
const DELIMITERS = [
  { value: ',', word: 'comma' },
  { value: ';', word: 'semicolon' },
  { value: '\t', word: 'tab' },
  { value: '|', word: 'bar' },
] as const;
const NONE = 'none';

/** How the file becomes rows and its rows people: guessed, and checked again when something is changed. */
export const Reading = (props: { fileId: string; reading: FileReading; preview: string[][] }) => {
  const { t } = useTexts();
  const { mutate, isPending, error } = useFileDeed(props.fileId);
  const [reading, setReading] = useState(props.reading);
  const set = (change: Partial<FileReading>) => setReading({ ...reading, ...change });
  const { mapping, hasHeader } = reading;
  const width = Math.max(0, ...props.preview.map((cells) => cells.length));
  const columns = Array.from({ length: width }, (_, index) => ({
    value: String(index),
    text: (hasHeader && props.preview[0]?.[index]) || t('audiences-column', { number: index + 1 }),
  }));
  const map = (field: keyof FileReading['mapping'], column: string) => {
    const { [field]: _, ...others } = mapping;
    set({ mapping: column === NONE ? others : { ...others, [field]: Number(column) } });
  };
  return (
    <div className={css.group}>
      <Section title={t('audiences-reading')}>
        <div className={css.form}>
          <p className={css.hint}>{t('audiences-reading-text')}</p>
          {FIELDS.map(({ field, word }) => (
            <div key={field} className={look.choice}>
              {t(`audiences-field-${word}`)}
              <Select
                label={t(`audiences-field-${word}`)}
                value={mapping[field] === undefined ? NONE : String(mapping[field])}
                options={[{ value: NONE, text: t('audiences-field-nowhere') }, ...columns]}
                onChange={(column) => map(field, column)}
              />
            </div>
          ))}
          <Check
            label={t('audiences-has-header')}
            isOn={hasHeader}
            onChange={(isOn) => set({ hasHeader: isOn })}
          />
          <div className={css.deeds}>
            {reading.kind === 'csv' && (
              <>
                <Select
                  label={t('audiences-delimiter')}
                  value={reading.delimiter}
                  options={DELIMITERS.map(({ value, word }) => ({
                    value,
                    text: t(`audiences-delimiter-${word}`),
                  }))}
                  onChange={(delimiter) => set({ delimiter })}
                />
                <Select
                  label={t('audiences-encoding')}
                  value={reading.encoding}
                  options={ENCODINGS.map((value) => ({ value, text: value.toUpperCase() }))}
                  onChange={(encoding) => set({ encoding })}
                />
              </>
            )}
            <Button
              text={t('audiences-read-again')}
              isBusy={isPending || JSON.stringify(reading) === JSON.stringify(props.reading)}
              onClick={() =>
                mutate(
                  { verb: 'read', reading },
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
