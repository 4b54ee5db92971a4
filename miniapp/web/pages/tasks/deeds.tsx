import type { ParseTask } from '#miniapp/contract/parse-tasks.ts';
import { type TaskVerb, useTaskDeed } from '../../api/tasks.ts';
import { navigate } from '../../router.ts';
import { confirmWith } from '../../telegram/confirm.ts';
import { feel } from '../../telegram/haptics.ts';
import { useTexts } from '../../texts/context.ts';
import { Button } from '../../ui/button.tsx';
import { Refusal } from '../refusal.tsx';
import css from './tasks.module.css';

const OPEN: readonly TaskVerb[] = ['pause', 'cancel'];
const OVER: readonly TaskVerb[] = ['restart', 'delete'];
const VERBS: Record<ParseTask['status'], readonly TaskVerb[]> = {
  checking: OPEN,
  waiting: OPEN,
  running: OPEN,
  paused: ['resume', 'cancel', 'delete'],
  done: OVER,
  refused: OVER,
  failed: OVER,
  cancelled: OVER,
};
/** What cannot be taken back is asked for twice. */
const FINAL: readonly TaskVerb[] = ['cancel', 'delete'];

/** What may be done with a task as it stands; a refusal stands on the page. */
export const Deeds = ({ task }: { task: ParseTask }) => {
  const { t } = useTexts();
  const { mutate, isPending, error } = useTaskDeed(task.taskId);
  const act = async (verb: TaskVerb) => {
    const isMeant =
      !FINAL.includes(verb) ||
      (await confirmWith({
        title: t(`tasks-${verb}-title`),
        message: t(`tasks-${verb}-text`),
        accept: t(`tasks-do-${verb}`),
      }));
    if (!isMeant) return;
    mutate(verb, {
      onSuccess: () => {
        feel('success');
        if (verb === 'delete') navigate('/tasks', { replaces: true });
      },
      onError: () => feel('error'),
    });
  };
  return (
    <>
      <div className={css.deeds}>
        {VERBS[task.status].map((verb) => (
          <Button
            key={verb}
            tone={FINAL.includes(verb) ? 'bad' : 'accent'}
            text={t(`tasks-do-${verb}`)}
            isBusy={isPending}
            onClick={() => void act(verb)}
          />
        ))}
      </div>
      <Refusal error={error} />
    </>
  );
};
