import css from './select.module.css';

/** One choice of a few, as the device itself offers it. */
export const Select = <T extends string>(props: {
  label: string;
  value: T;
  options: readonly { value: T; text: string }[];
  isBusy?: boolean;
  onChange: (value: T) => void;
}) => (
  <span className={css.frame}>
    <select
      className={css.select}
      aria-label={props.label}
      value={props.value}
      disabled={props.isBusy}
      onChange={({ target }) => {
        const chosen = props.options.find(({ value }) => value === target.value);
        if (chosen) props.onChange(chosen.value);
      }}
    >
      {props.options.map(({ value, text }) => (
        <option key={value} value={value}>
          {text}
        </option>
      ))}
    </select>
  </span>
);
