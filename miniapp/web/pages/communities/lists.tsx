import type { Mark, Shown } from '../../api/communities.ts';
import { useTexts } from '../../texts/context.ts';
import { Choices } from '../../ui/choices.tsx';

const MARKS: readonly Mark[] = ['found', 'saved', 'blocked'];

/** The three lists; none is chosen while one looks at what a search found. */
export const Lists = (props: { shown: Shown; onShow: (mark: Mark) => void }) => {
  const { t } = useTexts();
  return (
    <Choices
      label={t('communities-list')}
      value={'mark' in props.shown ? props.shown.mark : undefined}
      options={MARKS.map((value) => ({ value, text: t(`communities-list-${value}`) }))}
      onChange={props.onShow}
    />
  );
};
