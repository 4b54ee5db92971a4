import { PEOPLE_FLAGS, PEOPLE_KEEPS, type PeopleFilters, type PersonRow } from '../../api/people.ts';
import { useTexts } from '../../texts/context.ts';
import { standingAlone } from '../../texts/format.ts';
import { Select } from '../../ui/select.tsx';

export const LAST_SEEN: readonly PersonRow['lastSeen'][] = [
  'online',
  'recently',
  'week',
  'month',
  'long_ago',
  'unknown',
];
const ANY = 'any';

/** Whom to leave out; the same holds for the counts, the file and the audience. */
export const PeopleChoices = (props: {
  filters: PeopleFilters;
  onChange: (filters: PeopleFilters) => void;
}) => {
  const { t } = useTexts();
  const { filters, onChange } = props;
  const change = (key: keyof PeopleFilters, value: string) => {
    const { [key]: _, ...rest } = filters;
    onChange(value === ANY ? rest : { ...rest, [key]: value });
  };
  return (
    <>
      {PEOPLE_FLAGS.map((flag) => (
        <Select
          key={flag}
          label={t(`tasks-filter-${flag}`)}
          value={filters[flag] ?? ANY}
          options={[
            { value: ANY, text: `${t(`tasks-filter-${flag}`)}: ${t('tasks-any')}` },
            ...(['true', 'false'] as const).map((value) => ({
              value,
              text: t(`tasks-filter-${flag}-${value}`),
            })),
          ]}
          onChange={(value) => change(flag, value)}
        />
      ))}
      <Select
        label={t('tasks-filter-lastSeen')}
        value={filters.lastSeen ?? ANY}
        options={[
          { value: ANY, text: `${t('tasks-filter-lastSeen')}: ${t('tasks-any')}` },
          ...LAST_SEEN.map((value) => ({ value, text: standingAlone(t(`tasks-seen-last-${value}`)) })),
        ]}
        onChange={(value) => change('lastSeen', value)}
      />
      {PEOPLE_KEEPS.map((keep) => (
        <Select
          key={keep}
          label={t(`tasks-filter-${keep}`)}
          value={filters[keep] ?? ANY}
          options={[
            { value: ANY, text: t(`tasks-filter-${keep}-true`) },
            { value: 'false', text: t(`tasks-filter-${keep}-false`) },
          ]}
          onChange={(value) => change(keep, value)}
        />
      ))}
    </>
  );
};
