import type { ReactNode } from 'react';
import css from './page.module.css';

/** A page with its heading; `aside` stands at the heading's end. */
export const Page = (props: {
  title: string;
  subtitle?: ReactNode;
  aside?: ReactNode;
  children: ReactNode;
}) => (
  <main className={css.page}>
    <header className={css.header}>
      <div>
        <h1 className={css.title}>{props.title}</h1>
        {props.subtitle && <p className={css.subtitle}>{props.subtitle}</p>}
      </div>
      {props.aside && <div className={css.aside}>{props.aside}</div>}
    </header>
    {props.children}
  </main>
);
