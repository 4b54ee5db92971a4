import { useState } from 'react';
import type { ParseTask } from '#miniapp/contract/parse-tasks.ts';
import {
  type ExportFormat,
  type ExportWay,
  type PeopleFilters,
  useExport,
  useMakeAudience,
} from '../../api/people.ts';
import { feel } from '../../telegram/haptics.ts';
import { useTexts } from '../../texts/context.ts';
import { Button } from '../../ui/button.tsx';
import { Choices } from '../../ui/choices.tsx';
import { Field } from '../../ui/field.tsx';
import { Section } from '../../ui/section.tsx';
import { Refusal } from '../refusal.tsx';
import css from './tasks.module.css';

const FORMATS: readonly ExportFormat[] = ['csv', 'xlsx', 'json'];
const WAYS: readonly ExportWay[] = ['bot', 'device'];
const FEEL = { onSuccess: () => feel('success'), onError: () => feel('error') };

/** The people that pass the filters, as a file or as an audience. */
export const TakeAway = ({ task, filters }: { task: ParseTask; filters: PeopleFilters }) => {
  const { t } = useTexts();
  const exporting = useExport();
  const making = useMakeAudience();
  const [way, setWay] = useState<ExportWay>('bot');
  const [name, setName] = useState(task.community.slice(0, 100));
  const { taskId } = task;
  const { data: end } = exporting;
  return (
    <Section title={t('tasks-take')}>
      <div className={css.form}>
        <p className={css.hint}>{t('tasks-take-hint')}</p>
        <Choices
          label={t('tasks-way')}
          value={way}
          options={WAYS.map((value) => ({ value, text: t(`tasks-way-${value}`) }))}
          onChange={setWay}
        />
        <div className={css.deeds}>
          {FORMATS.map((format) => (
            <Button
              key={format}
              text={format.toUpperCase()}
              name={t('tasks-export', { format: format.toUpperCase() })}
              isBusy={exporting.isPending}
              onClick={() => exporting.mutate({ taskId, filters, format, way }, FEEL)}
            />
          ))}
        </div>
        {end && <p role="status">{t(`tasks-export-${end}`)}</p>}
        <Refusal error={exporting.error} />
        <Field label={t('tasks-audience-name')} maxLength={100} value={name} onChange={setName} />
        <div className={css.deeds}>
          <Button
            text={t('tasks-audience-make')}
            isBusy={making.isPending || name.trim() === ''}
            onClick={() => making.mutate({ name: name.trim(), taskId, filters }, FEEL)}
          />
        </div>
        {making.data && <p role="status">{t('tasks-audience-made')}</p>}
        <Refusal error={making.error} />
      </div>
    </Section>
  );
};
