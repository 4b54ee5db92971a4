import { type PeopleFilters, usePeopleStatistics } from '../../api/people.ts';
import { useTexts } from '../../texts/context.ts';
import { standingAlone } from '../../texts/format.ts';
import { Row, Rows } from '../../ui/row.tsx';
import { Section } from '../../ui/section.tsx';
import { LoadFailed } from '../load-failed.tsx';
import { LAST_SEEN } from './people-choices.tsx';

const COUNTS = ['withUsername', 'withPhoto', 'premium', 'bots', 'deleted', 'scam', 'admins'] as const;
const SCRIPTS = ['cyrillic', 'latin', 'arabic', 'other'] as const;

/** How many of the people are what; what nobody is stands nowhere. */
export const Statistics = ({ taskId, filters }: { taskId: string; filters: PeopleFilters }) => {
  const { t, language } = useTexts();
  const { data, error, refetch } = usePeopleStatistics(taskId, filters);
  if (error && !data) {
    return <LoadFailed title={t('tasks-statistics-lost')} error={error} onRetry={() => void refetch()} />;
  }
  if (!data) return null;
  const listed = (parts: readonly [string, number][]) =>
    parts
      .filter(([, count]) => count > 0)
      .map(([word, count]) => `${word} ${count.toLocaleString(language)}`)
      .join(' · ');
  const what = listed(COUNTS.map((key) => [t(`tasks-count-${key}`), data[key]]));
  const visits = listed(LAST_SEEN.map((key) => [t(`tasks-seen-last-${key}`), data.lastSeen[key]]));
  const scripts = listed(SCRIPTS.map((key) => [t(`tasks-script-${key}`), data.scripts[key]]));
  return (
    <Section title={t('tasks-statistics')} count={t('people-count', { count: data.total })}>
      <Rows>
        {what && <Row title={t('tasks-what')} detail={standingAlone(what)} />}
        {visits && <Row title={t('tasks-filter-lastSeen')} detail={standingAlone(visits)} />}
        {scripts && <Row title={t('tasks-scripts')} detail={standingAlone(scripts)} />}
      </Rows>
    </Section>
  );
};
