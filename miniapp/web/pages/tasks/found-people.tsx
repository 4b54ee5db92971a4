import { useState } from 'react';
import type { ParseTask } from '#miniapp/contract/parse-tasks.ts';
import { type PeopleFilters, type PeopleSort, type PersonRow, usePeople } from '../../api/people.ts';
import { useSettled } from '../../api/use-settled.ts';
import { useTexts } from '../../texts/context.ts';
import { standingAlone } from '../../texts/format.ts';
import { Avatar } from '../../ui/avatar.tsx';
import { Field } from '../../ui/field.tsx';
import { MoreButton } from '../../ui/more-button.tsx';
import { CardText, Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { Select } from '../../ui/select.tsx';
import { Skeleton } from '../../ui/skeleton.tsx';
import { LoadFailed } from '../load-failed.tsx';
import { personName } from '../person-name.ts';
import { PeopleChoices } from './people-choices.tsx';
import { Statistics } from './statistics.tsx';
import { TakeAway } from './take-away.tsx';
import css from './tasks.module.css';

const SORTS: readonly PeopleSort[] = ['name', '-name', '-seen', 'seen'];

/** Whom a task has found: searched, narrowed and sorted, counted, and taken away as a file or an audience. */
export const FoundPeople = ({ task, maySteer }: { task: ParseTask; maySteer: boolean }) => {
  const { t } = useTexts();
  const [typed, setTyped] = useState('');
  const [sort, setSort] = useState<PeopleSort>('name');
  const [filters, setFilters] = useState<PeopleFilters>({});
  const search = useSettled(typed.trim());
  const { taskId } = task;
  const { data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = usePeople({
    taskId,
    search,
    sort,
    filters,
  });
  if (task.people === 0) return null;
  const items = data?.pages.flatMap((page) => page.items);
  return (
    <>
      <Statistics taskId={taskId} filters={filters} />
      {maySteer && <TakeAway task={task} filters={filters} />}
      <Section title={t('tasks-people')}>
        <div className={css.form}>
          <Field type="search" label={t('tasks-find')} maxLength={64} value={typed} onChange={setTyped} />
          <div className={css.deeds}>
            <Select
              label={t('tasks-sort')}
              value={sort}
              options={SORTS.map((value) => ({ value, text: t(`tasks-sort-${value}`) }))}
              isBusy={search !== ''}
              onChange={setSort}
            />
            <PeopleChoices filters={filters} onChange={setFilters} />
          </div>
        </div>
        {items?.length === 0 && <CardText>{t('tasks-nobody-fits')}</CardText>}
        {items && items.length > 0 && (
          <Rows>
            {items.map((person) => (
              <PersonLine key={person.personId} person={person} />
            ))}
          </Rows>
        )}
      </Section>
      {!items && !error && <Skeleton cards={1} />}
      {!items && error && (
        <LoadFailed title={t('tasks-people-lost')} error={error} onRetry={() => void refetch()} />
      )}
      <MoreButton hasMore={hasNextPage} isBusy={isFetchingNextPage} onClick={() => void fetchNextPage()} />
    </>
  );
};

const PersonLine = ({ person }: { person: PersonRow }) => {
  const { t } = useTexts();
  const { username, phone, telegramId, lastSeen } = person;
  const name = personName(person);
  const marks = (['isPremium', 'isBot', 'isDeleted', 'isScam', 'isAdminSomewhere'] as const)
    .filter((mark) => person[mark])
    .map((mark) => t(`tasks-mark-${mark}`));
  return (
    <Row
      start={<Avatar name={name} />}
      title={name}
      detail={[username && `@${username}`, phone, ...marks].filter(Boolean).join(' · ') || telegramId}
      end={standingAlone(t(`tasks-seen-last-${lastSeen}`))}
    />
  );
};
