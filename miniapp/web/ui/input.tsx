import { type ReactNode, useId } from 'react';
import css from './input.module.css';

/** One line from a person, with what it is for. */
export const Input = (props: {
  label: string;
  value: string;
  hint?: ReactNode;
  type?: 'text' | 'number' | 'date' | 'url' | 'search';
  maxLength?: number;
  min?: number;
  max?: number;
  onChange: (value: string) => void;
}) => {
  const id = useId();
  return (
    <div className={css.field}>
      <label htmlFor={id} className={css.label}>
        {props.label}
      </label>
      <input
        id={id}
        type={props.type ?? 'text'}
        className={css.input}
        aria-describedby={props.hint ? `${id}-hint` : undefined}
        autoComplete="off"
        value={props.value}
        maxLength={props.maxLength}
        min={props.min}
        max={props.max}
        onChange={({ target }) => props.onChange(target.value)}
      />
      {props.hint && (
        <p id={`${id}-hint`} className={css.hint}>
          {props.hint}
        </p>
      )}
    </div>
  );
};
