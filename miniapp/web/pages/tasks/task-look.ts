import { errorLabelKey } from '#locales/keys.ts';
import type { ParseTask } from '#miniapp/contract/parse-tasks.ts';
import type { Texts } from '../../texts/context.ts';
import { formatMoment } from '../../texts/format.ts';
import type { Tone } from '../../ui/chip.tsx';

export const taskTone: Record<ParseTask['status'], Tone> = {
  checking: 'known',
  waiting: 'known',
  running: 'good',
  paused: 'warm',
  done: 'known',
  refused: 'bad',
  failed: 'bad',
  cancelled: 'calm',
};

/** Whole percent of what Telegram says there is; undefined while it is not known. */
export const percentRead = ({ seen, total }: ParseTask): number | undefined =>
  total ? Math.min(100, Math.floor((100 * seen) / total)) : undefined;

/** Why its account rests, and until when; undefined where it does not. */
export const waitText = ({ t }: Texts, { waits }: ParseTask, now: number): string | undefined => {
  if (!waits) return undefined;
  // Telegram's names are in capitals; a state of the account is not.
  const because = waits.because;
  const why = t(/^[A-Z]/.test(because) ? errorLabelKey(because) : `account-status-${because}`);
  return waits.until
    ? t('tasks-waits-until', { why, moment: formatMoment(t, new Date(waits.until), now) })
    : t('tasks-waits-person', { why });
};
