import { useTexts } from '../texts/context.ts';
import css from './show-more.module.css';

/** Asks for the next page of a list. */
export const ShowMore = (props: { isBusy: boolean; onClick: () => void }) => {
  const { t } = useTexts();
  return (
    <button type="button" className={css.more} disabled={props.isBusy} onClick={props.onClick}>
      {t(props.isBusy ? 'web-loading' : 'web-show-more')}
    </button>
  );
};
