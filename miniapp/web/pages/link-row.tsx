import type { ReactNode } from 'react';
import { navigate } from '../router.ts';
import { feelSelection } from '../telegram/haptics.ts';
import css from '../ui/row.module.css';

/** A row that is the way to a page of its own. */
export const LinkRow = (props: {
  path: string;
  start?: ReactNode;
  title: ReactNode;
  detail?: ReactNode;
  end?: ReactNode;
}) => (
  <li>
    <a
      href={props.path}
      className={[css.row, css.link, props.start ? css.withStart : ''].join(' ')}
      onClick={(event) => {
        event.preventDefault();
        feelSelection();
        navigate(props.path);
      }}
    >
      {props.start && <span className={css.start}>{props.start}</span>}
      <span className={css.main}>
        <span className={css.title}>{props.title}</span>
        {props.detail && <span className={css.detail}>{props.detail}</span>}
      </span>
      {props.end !== undefined && <span className={css.end}>{props.end}</span>}
    </a>
  </li>
);
