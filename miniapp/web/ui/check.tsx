import css from './check.module.css';

/** Yes or no; the words are part of what is pressed. */
export const Check = (props: { label: string; isOn: boolean; onChange: (isOn: boolean) => void }) => (
  <label className={css.check}>
    <input
      type="checkbox"
      className={css.box}
      checked={props.isOn}
      onChange={({ target }) => props.onChange(target.checked)}
    />
    {props.label}
  </label>
);
