import css from './button.module.css';

/** A small button inside a card; `name` says more to screen readers where the text is not enough alone. */
export const Button = (props: {
  text: string;
  name?: string | undefined;
  tone?: 'accent' | 'bad';
  isBusy?: boolean;
  onClick: () => void;
}) => (
  <button
    type="button"
    className={[css.button, css[props.tone ?? 'accent']].join(' ')}
    aria-label={props.name}
    disabled={props.isBusy}
    onClick={props.onClick}
  >
    {props.text}
  </button>
);
