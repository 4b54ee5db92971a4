import { feelSelection } from '../telegram/haptics.ts';
import css from './choices.module.css';

/** One choice of a few, all in sight; where it is narrow they wrap. */
export const Choices = <T extends string>(props: {
  label: string;
  value: T | undefined;
  options: readonly { value: T; text: string }[];
  onChange: (value: T) => void;
}) => (
  <fieldset className={css.choices}>
    <legend className={css.label}>{props.label}</legend>
    {props.options.map(({ value, text }) => (
      <button
        key={value}
        type="button"
        className={css.choice}
        aria-pressed={value === props.value}
        onClick={() => {
          feelSelection();
          props.onChange(value);
        }}
      >
        {text}
      </button>
    ))}
  </fieldset>
);
