import type { ParseTask } from '#miniapp/contract/parse-tasks.ts';
import type { Me } from '#miniapp/contract/session.ts';
import { useServerNow } from '../../api/server-clock.ts';
import { useTask } from '../../api/tasks.ts';
import { useTexts } from '../../texts/context.ts';
import { standingAlone } from '../../texts/format.ts';
import { reasonText } from '../../texts/reason.ts';
import { Note } from '../../ui/banner.tsx';
import { Chip } from '../../ui/chip.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { LoadFailed } from '../load-failed.tsx';
import { Deeds } from './deeds.tsx';
import { FoundPeople } from './found-people.tsx';
import { Progress } from './progress.tsx';
import { taskTone, waitText } from './task-look.ts';
import css from './tasks.module.css';

/** One task as it moves, and whom it has found. */
export const Task = ({ me, taskId }: { me: Me; taskId: string }) => {
  const { t } = useTexts();
  const { data: task, error, refetch } = useTask(taskId);
  if (!task) {
    return (
      <Page title={t('web-tasks')} subtitle={me.workspace.name}>
        {error ? (
          <LoadFailed title={t('tasks-task-lost')} error={error} onRetry={() => void refetch()} />
        ) : (
          <Skeleton cards={2} />
        )}
      </Page>
    );
  }
  const { status, community, source } = task;
  return (
    <Page
      title={community}
      subtitle={standingAlone(t(`parse-source-${source}`))}
      aside={
        <Chip
          tone={taskTone[status]}
          text={standingAlone(t(`parse-status-${status}`))}
          isMoving={status === 'running' && !task.waits}
        />
      }
    >
      <Why task={task} />
      {me.maySteer && <Deeds task={task} />}
      <div className={css.columns}>
        <div className={css.column}>
          <Progress task={task} />
        </div>
        <div className={css.column}>
          <FoundPeople task={task} maySteer={me.maySteer} />
        </div>
      </div>
    </Page>
  );
};

/** Why it found nobody, ended, waits, or has changed its account. */
const Why = ({ task }: { task: ParseTask }) => {
  const texts = useTexts();
  const { t } = texts;
  const now = useServerNow();
  const { reason, status, movedBecause } = task;
  const waits = waitText(texts, task, now);
  const isBad = status === 'failed' || status === 'refused';
  return (
    <>
      {reason && (
        <Note tone={isBad ? 'bad' : 'warm'} role="alert">
          {reasonText(t, reason)}
        </Note>
      )}
      {waits && <Note tone="warm">{waits}</Note>}
      {movedBecause && <Note tone="warm">{t('tasks-moved', { why: reasonText(t, movedBecause) })}</Note>}
    </>
  );
};
