import { useTasks } from '../../api/audiences.ts';
import { useTexts } from '../../texts/context.ts';
import { Check } from '../../ui/check.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { Refusal } from '../refusal.tsx';
import look from './audiences.module.css';

/** The parse tasks that have found somebody, to choose from. */
export const Tasks = (props: { chosen: readonly string[]; onChange: (taskIds: string[]) => void }) => {
  const { t } = useTexts();
  const { items, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useTasks();
  const found = items?.filter(({ people }) => people > 0) ?? [];
  if (error && !items) return <Refusal error={error} />;
  if (found.length === 0) return null;
  return (
    <div className={look.part}>
      <h3 className={look.heading}>{t('audiences-tasks')}</h3>
      {found.map(({ taskId, community, source, people }) => (
        <Check
          key={taskId}
          label={`${community} · ${t(`parse-source-${source}`)} · ${t('people-count', { count: people })}`}
          isOn={props.chosen.includes(taskId)}
          onChange={(isOn) =>
            props.onChange(
              isOn ? [...props.chosen, taskId] : props.chosen.filter((other) => other !== taskId),
            )
          }
        />
      ))}
      <MoreButton hasMore={hasNextPage} isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()} />
    </div>
  );
};
