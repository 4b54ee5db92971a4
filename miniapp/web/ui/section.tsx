import { type ReactNode, useId } from 'react';
import css from './section.module.css';

/** A titled card of rows. */
export const Section = (props: { title: string; count?: ReactNode; children: ReactNode }) => {
  const id = useId();
  return (
    <section className={css.section} aria-labelledby={id}>
      <h2 id={id} className={css.heading}>
        {props.title}
        {props.count !== undefined && <span className={css.count}>{props.count}</span>}
      </h2>
      <div className={css.card}>{props.children}</div>
    </section>
  );
};
