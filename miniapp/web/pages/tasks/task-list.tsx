import type { ParseTask } from '#miniapp/contract/parse-tasks.ts';
import type { Me } from '#miniapp/contract/session.ts';
import { useServerNow } from '../../api/server-clock.ts';
import { useTasks } from '../../api/tasks.ts';
import { NEW_TASK_PATH, navigate, taskPath } from '../../router.ts';
import { feelSelection } from '../../telegram/haptics.ts';
import { useTexts } from '../../texts/context.ts';
import { formatAgo, formatPercent, standingAlone } from '../../texts/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Chip } from '../../ui/chip.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { LinkButton } from '../link-button.tsx';
import { LiveMark } from '../live-mark.tsx';
import { LoadFailed } from '../load-failed.tsx';
import { percentRead, taskTone, waitText } from './task-look.ts';
import css from './tasks.module.css';

/** Every parse task, newest first. */
export const TaskList = ({ me }: { me: Me }) => {
  const { t } = useTexts();
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = useTasks();
  const items = data?.pages.flatMap((page) => page.items);
  return (
    <Page
      title={t('web-tasks')}
      subtitle={me.workspace.name}
      aside={
        <>
          <LiveMark />
          {me.maySteer && <LinkButton path={NEW_TASK_PATH} text={t('tasks-new')} />}
        </>
      }
    >
      {!items && !error && <Skeleton cards={3} />}
      {!items && error && <LoadFailed title={t('tasks-lost')} error={error} onRetry={() => void refetch()} />}
      {items?.length === 0 && <Notice art="empty" title={t('tasks-none')} text={t('tasks-none-text')} />}
      {items && items.length > 0 && (
        <ul className={css.list}>
          {items.map((task) => (
            <TaskCard key={task.taskId} task={task} />
          ))}
        </ul>
      )}
      <MoreButton hasMore={hasNextPage} isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()} />
    </Page>
  );
};

const TaskCard = ({ task }: { task: ParseTask }) => {
  const texts = useTexts();
  const { t, language } = texts;
  const now = useServerNow();
  const { community, source, status, people } = task;
  const path = taskPath(task.taskId);
  const percent = percentRead(task);
  return (
    <li>
      <a
        href={path}
        className={css.card}
        onClick={(event) => {
          event.preventDefault();
          feelSelection();
          navigate(path);
        }}
      >
        <span className={css.head}>
          <Avatar name={community} isLarge />
          <span className={css.names}>
            <span className={css.name}>{community}</span>
            <span className={css.hint}>{standingAlone(t(`parse-source-${source}`))}</span>
          </span>
          <Chip
            tone={taskTone[status]}
            text={standingAlone(t(`parse-status-${status}`))}
            isMoving={status === 'running' && !task.waits}
          />
        </span>
        <span className={css.foot}>
          <span>
            {t('people-count', { count: people })}
            {status === 'running' && percent !== undefined && ` · ${formatPercent(language, percent)}`}
          </span>
          <span>{waitText(texts, task, now) ?? formatAgo(t, now - Date.parse(task.createdAt))}</span>
        </span>
      </a>
    </li>
  );
};
