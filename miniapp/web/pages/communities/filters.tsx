import { type CommunityFilters, type CommunityKind, YES_OR_NO } from '../../api/communities.ts';
import { useTexts } from '../../texts/context.ts';
import { standingAlone } from '../../texts/format.ts';
import { Button } from '../../ui/button.tsx';
import { Select } from '../../ui/select.tsx';
import css from './communities.module.css';

const ANY = 'any';
const KINDS: readonly CommunityKind[] = ['group', 'supergroup', 'channel'];
/** Members, at least and at most. */
const SIZES = [
  ['0', '999'],
  ['1000', '9999'],
  ['10000', '99999'],
  ['100000', ''],
] as const;
const LANGUAGES = 'en ru uk be kk uz de fr es it pt pl tr ar fa hi id vi zh ja ko'.split(' ');
type Options = readonly { value: string; text: string }[];

/** What is left out of a list; folded away, with how many hold. */
export const Filters = (props: {
  filters: CommunityFilters;
  onChange: (filters: CommunityFilters) => void;
}) => {
  const { t, language } = useTexts();
  const { filters } = props;
  const names = new Intl.DisplayNames([language], { type: 'language' });
  const held = Object.keys(filters).filter((key) => key !== 'most' || !filters.least).length;
  /** Sets some and takes away those that are empty. */
  const change = (some: Partial<Record<keyof CommunityFilters, string>>) =>
    props.onChange(Object.fromEntries(Object.entries({ ...filters, ...some }).filter(([, value]) => value)));
  const choice = (label: string, value: string | undefined, options: Options, set: (v: string) => void) => (
    <Select
      key={label}
      label={label}
      value={value ?? ANY}
      options={[{ value: ANY, text: `${label}: ${t('communities-any')}` }, ...options]}
      onChange={(chosen) => set(chosen === ANY ? '' : chosen)}
    />
  );
  return (
    <details className={css.filters}>
      <summary className={css.summary}>
        {held === 0 ? t('communities-filters') : t('communities-filters-held', { count: held })}
      </summary>
      <div className={css.choices}>
        {choice(
          t('communities-kind'),
          filters.kind,
          KINDS.map((value) => ({ value, text: standingAlone(t(`community-kind-${value}`)) })),
          (kind) => change({ kind }),
        )}
        {choice(
          t('communities-size'),
          filters.least,
          SIZES.map(([least, most]) => ({
            value: least,
            text: most
              ? t('communities-size-between', { least: Number(least), most: Number(most) })
              : t('communities-size-from', { least: Number(least) }),
          })),
          (least) => change({ least, most: SIZES.find(([from]) => from === least)?.[1] ?? '' }),
        )}
        {choice(
          t('communities-language'),
          filters.language,
          LANGUAGES.map((value) => ({ value, text: standingAlone(names.of(value) ?? value) })),
          (code) => change({ language: code }),
        )}
        {YES_OR_NO.map((wish) =>
          choice(
            t(`communities-wish-${wish}`),
            filters[wish],
            (['true', 'false'] as const).map((value) => ({
              value,
              text: t(`communities-wish-${wish}-${value}`),
            })),
            (value) => change({ [wish]: value }),
          ),
        )}
        {held > 0 && <Button text={t('communities-filters-clear')} onClick={() => props.onChange({})} />}
      </div>
    </details>
  );
};
