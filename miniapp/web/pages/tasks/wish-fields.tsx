import type { NewTask, Source } from '../../api/tasks.ts';
import { useTexts } from '../../texts/context.ts';
import { Choices } from '../../ui/choices.tsx';
import { Field } from '../../ui/field.tsx';
import css from './tasks.module.css';

/** As it stands in the fields; days as `2026-03-10`, nothing as an empty text. */
export const emptyWish = { since: '', until: '', keyword: '', minMessages: '', searchesLetters: false };
type Typed = typeof emptyWish;

/** What a source can be told to look for: a span and words of messages, or members beyond those Telegram lists. */
export const WishFields = (props: { source: Source; wish: Typed; onChange: (wish: Typed) => void }) => {
  const { t } = useTexts();
  const { source, wish, onChange } = props;
  const change = (some: Partial<Typed>) => onChange({ ...wish, ...some });
  if (source === 'members') {
    return (
      <>
        <Choices
          label={t('tasks-letters')}
          value={wish.searchesLetters ? 'yes' : 'no'}
          options={(['no', 'yes'] as const).map((value) => ({ value, text: t(`tasks-letters-${value}`) }))}
          onChange={(value) => change({ searchesLetters: value === 'yes' })}
        />
        <p className={css.hint}>{t('tasks-letters-hint')}</p>
      </>
    );
  }
  return (
    <div className={css.fields}>
      <Field
        type="date"
        label={t('tasks-since')}
        value={wish.since}
        onChange={(since) => change({ since })}
      />
      <Field
        type="date"
        label={t('tasks-until')}
        value={wish.until}
        onChange={(until) => change({ until })}
      />
      {source !== 'reactions' && (
        <>
          <Field
            label={t('tasks-keyword')}
            hint={t('tasks-keyword-hint')}
            maxLength={64}
            value={wish.keyword}
            onChange={(keyword) => change({ keyword })}
          />
          <Field
            type="number"
            label={t('tasks-least')}
            hint={t('tasks-least-hint')}
            value={wish.minMessages}
            onChange={(minMessages) => change({ minMessages })}
          />
        </>
      )}
    </div>
  );
};

const DAY_MS = 86_400_000;
const dayStart = (day: string): number => new Date(`${day}T00:00`).getTime();

/** What of it the source can grant, with whole days of where the person is; the last day counts. */
export const wishAsSent = (source: Source, wish: Typed): NewTask['wish'] => {
  if (source === 'members') return wish.searchesLetters ? { searchesLetters: true } : {};
  const keyword = wish.keyword.trim();
  const asksWords = source !== 'reactions';
  return {
    ...(wish.since && { since: new Date(dayStart(wish.since)).toISOString() }),
    ...(wish.until && { until: new Date(dayStart(wish.until) + DAY_MS).toISOString() }),
    ...(asksWords && keyword && { keyword }),
    ...(asksWords && Number(wish.minMessages) > 1 && { minMessages: Number(wish.minMessages) }),
  };
};
