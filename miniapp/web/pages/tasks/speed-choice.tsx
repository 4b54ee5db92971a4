import { type NewTask, type Source, type Speed, useEstimate } from '../../api/tasks.ts';
import { useTexts } from '../../texts/context.ts';
import { formatRoughly, standingAlone } from '../../texts/format.ts';
import { Choices } from '../../ui/choices.tsx';
import { Section } from '../../ui/section.tsx';
import { Refusal } from '../refusal.tsx';
import css from './tasks.module.css';

const SPEEDS: readonly Speed[] = ['safe', 'medium', 'fast'];
export const PRIORITIES: readonly NewTask['priority'][] = ['high', 'normal', 'low'];

/** How fast, what that means for the account, and how long it will take. */
export const SpeedChoice = (props: {
  order: { communityId: string; source: Source; searchesLetters: boolean };
  speed: Speed;
  onChange: (speed: Speed) => void;
}) => {
  const { t } = useTexts();
  const { speed } = props;
  return (
    <Section title={t('tasks-speed')}>
      <div className={css.form}>
        <Choices
          label={t('tasks-speed')}
          value={speed}
          options={SPEEDS.map((value) => ({ value, text: standingAlone(t(`parse-speed-${value}`)) }))}
          onChange={props.onChange}
        />
        <p className={css.hint}>{t(`tasks-speed-${speed}`)}</p>
        <Estimate {...props} />
      </div>
    </Section>
  );
};

const Estimate = ({ order, speed }: Parameters<typeof SpeedChoice>[0]) => {
  const { t } = useTexts();
  const { data, error } = useEstimate(order);
  if (error) return <Refusal error={error} />;
  if (data === undefined) return <p className={css.hint}>{t('web-loading')}</p>;
  if (data === null) return <p className={css.hint}>{t('tasks-estimate-unknown')}</p>;
  const duration = formatRoughly(t, Math.max(1, data.seconds[speed]) * 1000);
  const what = order.source === 'members' ? 'members' : 'messages';
  return (
    <p role="status">
      <b>{t('tasks-estimate', { duration })}</b>{' '}
      <span className={css.hint}>
        {t(`tasks-estimate-${what}`, { count: data.total, requests: data.requests })}
        {data.isRough && ` ${t('tasks-estimate-rough')}`}
      </span>
    </p>
  );
};
