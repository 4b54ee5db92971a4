import type { ReactNode } from 'react';
import css from './row.module.css';

export const Rows = (props: { children: ReactNode }) => <ul>{props.children}</ul>;

/** One line of a card: a picture, what it is, more about it, and a value at the end. */
export const Row = (props: {
  start?: ReactNode;
  title: ReactNode;
  detail?: ReactNode;
  end?: ReactNode;
  /** Moves in when it appears. */
  isNew?: boolean;
}) => {
  const look = [css.row, props.start ? css.withStart : '', props.isNew ? css.entering : ''];
  return (
    <li className={look.join(' ')}>
      {props.start && <div className={css.start}>{props.start}</div>}
      <div className={css.main}>
        <div className={css.title}>{props.title}</div>
        {props.detail && <div className={css.detail}>{props.detail}</div>}
      </div>
      {props.end !== undefined && <div className={css.end}>{props.end}</div>}
    </li>
  );
};

/** A card that holds a sentence instead of rows. */
export const CardText = (props: { children: ReactNode }) => <p className={css.text}>{props.children}</p>;
