import css from './track.module.css';

/** How much of something is used or done; without a label the words beside it say so. */
export const Track = (props: { percent: number; isFull?: boolean; label?: string }) => {
  const percent = Math.max(0, Math.min(100, Math.round(props.percent)));
  const said = props.label
    ? {
        role: 'progressbar',
        'aria-label': props.label,
        'aria-valuenow': percent,
        'aria-valuemin': 0,
        'aria-valuemax': 100,
      }
    : { 'aria-hidden': true };
  return (
    <span className={css.track} {...said}>
      <span
        className={[css.share, props.isFull ? css.full : ''].join(' ')}
        style={{ width: `${percent}%` }}
      />
    </span>
  );
};
