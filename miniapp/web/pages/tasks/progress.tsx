import type { ParseTask } from '#miniapp/contract/parse-tasks.ts';
import { useAccountNames } from '../../api/accounts.ts';
import { useServerNow } from '../../api/server-clock.ts';
import { type Texts, useTexts } from '../../texts/context.ts';
import { formatMoment, formatPercent, formatRoughly, nameOf, standingAlone } from '../../texts/format.ts';
import { ProgressBar } from '../../ui/progress.tsx';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { percentRead } from './task-look.ts';
import css from './tasks.module.css';

/** How far it is: what was read of what there is, how fast, whom it found, and by which account. */
export const Progress = ({ task }: { task: ParseTask }) => {
  const texts = useTexts();
  const { t, language } = texts;
  const { data: accounts } = useAccountNames(task.accountId !== null);
  const now = useServerNow();
  const percent = percentRead(task);
  const account = accounts?.find(({ accountId }) => accountId === task.accountId);
  return (
    <Section title={t('tasks-progress')}>
      {percent !== undefined && (
        <div className={css.bar}>
          <ProgressBar
            shares={{ joined: percent, alreadyMember: 0, refused: 0, waiting: 0, open: 100 - percent }}
            percent={percent}
            label={t('web-progress', { percent: formatPercent(language, percent) })}
          />
        </div>
      )}
      <Rows>
        {factsOf(texts, task, now).map(([word, value]) => (
          <Row key={word} title={word} end={value} />
        ))}
        {account && <Row title={t('tasks-account')} end={nameOf(account)} />}
      </Rows>
    </Section>
  );
};

const factsOf = ({ t, language }: Texts, task: ParseTask, now: number): [string, string][] => {
  const { source, wish, seen, total, people, media, impersonal, ratePerMinute, secondsLeft } = task;
  const number = (count: number) => count.toLocaleString(language);
  const moment = (at: string) => formatMoment(t, new Date(at), now);
  const readsMessages = source !== 'members';
  const facts: [string, string | false | null | undefined][] = [
    [t('tasks-people'), number(people)],
    [
      t(`tasks-seen-${source}`),
      total === null
        ? number(seen)
        : t('web-settled-of-total', { settled: number(seen), total: number(total) }),
    ],
    [t('tasks-media'), readsMessages && media > 0 && number(media)],
    [t('tasks-impersonal'), readsMessages && impersonal > 0 && number(impersonal)],
    [t('tasks-rate'), ratePerMinute !== null && t('tasks-rate-value', { count: ratePerMinute })],
    [
      t('web-time-left'),
      secondsLeft !== null &&
        t('web-time-left-value', { duration: formatRoughly(t, Math.max(1, secondsLeft) * 1000) }),
    ],
    [t('tasks-speed'), standingAlone(t(`parse-speed-${task.speed}`))],
    [t('tasks-priority'), standingAlone(t(`priority-${task.priority}`))],
    [t('tasks-since'), wish.since && moment(wish.since)],
    [t('tasks-until-moment'), wish.until && moment(wish.until)],
    [t('tasks-keyword'), wish.keyword],
    [t('tasks-least'), wish.minMessages?.toLocaleString(language)],
    [t('tasks-letters'), wish.searchesLetters && t('tasks-letters-yes')],
    [t('tasks-started'), task.startedAt && moment(task.startedAt)],
    [t('tasks-ended'), task.finishedAt && moment(task.finishedAt)],
  ];
  return facts.filter((fact): fact is [string, string] => Boolean(fact[1]));
};
