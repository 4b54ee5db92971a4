import { useId } from 'react';
import css from './text-field.module.css';

/** A few sentences from a person, with what they are for. */
export const TextField = (props: {
  label: string;
  hint: string;
  value: string;
  maxLength: number;
  /** Stands in a card instead of being one. */
  isInCard?: boolean;
  onChange: (value: string) => void;
}) => {
  const id = useId();
  return (
    <div className={[css.field, props.isInCard ? css.inCard : ''].join(' ')}>
      <label htmlFor={id} className={css.label}>
        {props.label}
      </label>
      <textarea
        id={id}
        rows={2}
        className={css.input}
        aria-describedby={`${id}-hint`}
        value={props.value}
        maxLength={props.maxLength}
        onChange={(event) => props.onChange(event.target.value)}
      />
      <p id={`${id}-hint`} className={css.hint}>
        {props.hint}
      </p>
    </div>
  );
};
