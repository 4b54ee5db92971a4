import css from './notice.module.css';

const ART = {
  empty: 'M4 13.5 20 5l-4.5 15-4-6zM11.5 14 20 5',
  error:
    'M12 8v5M12 16.5v.1M10.3 4.6 2.9 17.4A2 2 0 0 0 4.6 20.4h14.8a2 2 0 0 0 1.7-3L13.7 4.6a2 2 0 0 0-3.4 0z',
  door: 'M13 4h5a2 2 0 0 1 2 2v12a2 2 0 0 1-2 2h-5M4 12h11M11 8l4 4-4 4',
} as const;

/** A page's or a screen's worth of nothing: what is the case, what to do, and a button where there is one. */
export const Notice = (props: {
  art: keyof typeof ART;
  title: string;
  text: string;
  small?: string | undefined;
  action?: { text: string; onClick: () => void } | undefined;
  /** Fills the screen and is the page's own heading. */
  isScreen?: boolean;
}) => {
  const Heading = props.isScreen ? 'h1' : 'h2';
  const Frame = props.isScreen ? 'main' : 'div';
  return (
    <Frame className={[css.notice, props.isScreen ? css.screen : ''].join(' ')}>
      <div className={css.art}>
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d={ART[props.art]} />
        </svg>
      </div>
      <Heading className={css.title}>{props.title}</Heading>
      <p className={css.text}>{props.text}</p>
      {props.small && <p className={css.small}>{props.small}</p>}
      {props.action && (
        <button type="button" className={css.action} onClick={props.action.onClick}>
          {props.action.text}
        </button>
      )}
    </Frame>
  );
};
