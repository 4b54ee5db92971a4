import { useTexts } from '../texts/context.ts';
import css from './more-button.module.css';

/** The way to the next page of a list; nothing where there is none. */
export const MoreButton = (props: { hasMore: boolean; isBusy: boolean; onClick: () => void }) => {
  const { t } = useTexts();
  if (!props.hasMore) return null;
  return (
    <button type="button" className={css.more} disabled={props.isBusy} onClick={props.onClick}>
      {t(props.isBusy ? 'web-loading' : 'web-show-more')}
    </button>
  );
};
