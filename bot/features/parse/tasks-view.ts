import { SECOND_MS } from '#core/duration.ts';
import { transition } from '#core/parsing/life.ts';
import { includesRole, type Role } from '#core/roles.ts';
import { panelLink } from '#core/team/deep-links.ts';
import type { ParseTaskItem } from '#db/queries/list-parse-tasks.ts';
import { formatDuration } from '#locales/duration.ts';
import { errorKey } from '#locales/keys.ts';
import type { Translate } from '#locales/translate.ts';
import { wordsOf } from '../../alerts/alert-view.ts';
import { callbacks } from '../../callbacks.ts';
import { progressBar } from '../../progress-bar.ts';
import { type Button, escapeHtml, type Screen } from '../../screen.ts';

/** A message holds 4096 characters; whoever collects more at once looks into the panel. */
const SHOWN = 8;
const LAST_SHOWN = 3;

const nameOf = (task: ParseTaskItem): string => task.communityTitle ?? task.communityReference;
const isOver = ({ status }: ParseTaskItem): boolean => !transition(status, 'cancel').ok;

/** The tasks under way, else the last ones, with their figures and what the reader may do with each. */
export const tasksScreen = (
  tasks: readonly ParseTaskItem[],
  view: { role: Role; botUsername: string },
  t: Translate,
): Screen => {
  const open = tasks.filter((task) => !isOver(task));
  const shown = open.length > 0 ? open.slice(0, SHOWN) : tasks.slice(0, LAST_SHOWN);
  const more = open.length - shown.length;
  const text = [
    `<b>${t('bot-parse-title')}</b>`,
    ...shown.map((task, index) => taskLines(task, index + 1, t)),
    ...(shown.length === 0 ? [t('bot-parse-none')] : []),
    ...(more > 0 ? [t('bot-parse-more', { count: more })] : []),
  ].join('\n\n');
  const mayAct = includesRole(view.role, 'operator');
  return {
    text,
    buttons: [
      ...shown.map((task, index) => taskButtons(task, index + 1, { ...view, mayAct }, t)),
      [
        ...(mayAct ? [{ text: t('bot-parse-new'), data: callbacks.askForCommunity }] : []),
        { text: t('bot-open-panel'), url: panelLink(view.botUsername, 'tasks') },
      ],
    ],
  };
};

const taskLines = (task: ParseTaskItem, number: number, t: Translate): string => {
  const { people, seen, total, ratePerMinute, secondsLeft, waits, reason } = task;
  const percent = total ? Math.min(100, Math.floor((100 * seen) / total)) : undefined;
  const figures = [
    t('bot-parse-people', { people }),
    total === null ? t('bot-parse-seen', { seen }) : t('bot-parse-seen-of', { seen, total }),
    ...(ratePerMinute === null ? [] : [t('bot-parse-rate', { rate: ratePerMinute })]),
    ...(secondsLeft === null
      ? []
      : [t('bot-parse-left', { duration: formatDuration(t, secondsLeft * SECOND_MS) })]),
  ];
  return [
    `${number}. <b>${escapeHtml(nameOf(task))}</b> · ${t(`parse-source-${task.source}`)} · ${t(`parse-status-${task.status}`)}`,
    ...(percent === undefined || isOver(task) ? [] : [progressBar(percent)]),
    figures.join(' · '),
    ...(waits ? [waitLine(waits, t)] : []),
    ...(reason ? [wordsOf(reason, t)] : []),
  ].join('\n');
};

const waitLine = ({ because, until }: NonNullable<ParseTaskItem['waits']>, t: Translate): string =>
  until
    ? t('bot-parse-waits-until', { because: t(errorKey(because)), at: until })
    : t('bot-parse-waits', { because: t(errorKey(because)) });

const taskButtons = (
  task: ParseTaskItem,
  number: number,
  { mayAct, botUsername }: { mayAct: boolean; botUsername: string },
  t: Translate,
): Button[] => {
  const { taskId, status } = task;
  const may = (event: Parameters<typeof transition>[1]) => mayAct && transition(status, event).ok;
  return [
    ...(may('pause') ? [{ text: t('bot-parse-pause', { number }), data: callbacks.pauseTask(taskId) }] : []),
    ...(may('resume')
      ? [{ text: t('bot-parse-resume', { number }), data: callbacks.resumeTask(taskId) }]
      : []),
    ...(may('cancel')
      ? [{ text: t('bot-parse-cancel', { number }), data: callbacks.askCancel(taskId) }]
      : []),
    { text: t('bot-parse-open', { number }), url: panelLink(botUsername, `t_${taskId}`) },
  ];
};

export const askCancelScreen = (task: ParseTaskItem, t: Translate): Screen => ({
  text: t('bot-parse-ask-cancel', { name: escapeHtml(nameOf(task)), people: task.people }),
  buttons: [[{ text: t('bot-parse-do-cancel'), data: callbacks.cancelTask(task.taskId) }]],
});
