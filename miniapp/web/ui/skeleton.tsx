import type { CSSProperties } from 'react';
import { useTexts } from '../texts/context.ts';
import css from './skeleton.module.css';

const Block = (props: { width?: string; height?: string; isRound?: boolean }) => (
  <span
    className={[css.block, props.isRound ? css.round : ''].join(' ')}
    style={{ '--width': props.width, '--height': props.height } as CSSProperties}
  />
);

/** The shape of what is on its way: cards with a picture, two lines and a bar. */
export const Skeleton = ({ cards }: { cards: number }) => {
  const { t } = useTexts();
  return (
    <>
      <p role="status" className={css.hidden}>
        {t('web-loading')}
      </p>
      {Array.from({ length: cards }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the cards are all alike
        <div key={index} className={css.card} aria-hidden="true">
          <div className={css.line}>
            <Block width="48px" height="48px" isRound />
            <div className={css.grow}>
              <Block width="62%" />
              <Block width="38%" height="12px" />
            </div>
          </div>
          <Block height="8px" />
          <Block width="46%" height="12px" />
        </div>
      ))}
    </>
  );
};
