import { type ReactNode, useId } from 'react';
import css from './field.module.css';

/** One line from a person under its label. */
export const Field = (props: {
  label: string;
  value: string;
  type?: 'text' | 'search' | 'number' | 'date' | 'url';
  hint?: ReactNode;
  maxLength?: number;
  min?: number;
  max?: number;
  onChange: (value: string) => void;
  onEnter?: () => void;
}) => {
  const id = useId();
  const { type = 'text' } = props;
  return (
    <div className={css.field}>
      <label htmlFor={id} className={css.label}>
        {props.label}
      </label>
      <input
        id={id}
        type={type}
        inputMode={type === 'number' ? 'numeric' : undefined}
        className={css.input}
        aria-describedby={props.hint ? `${id}-hint` : undefined}
        autoComplete="off"
        maxLength={props.maxLength}
        min={props.min}
        max={props.max}
        value={props.value}
        onChange={({ target }) => props.onChange(target.value)}
        onKeyDown={({ key }) => key === 'Enter' && props.onEnter?.()}
      />
      {props.hint && (
        <p id={`${id}-hint`} className={css.hint}>
          {props.hint}
        </p>
      )}
    </div>
  );
};
