import type { ReactNode } from 'react';
import css from './banner.module.css';

/** A line at the top of the screen about the whole page. */
export const Banner = ({ text }: { text: string }) => (
  <p role="status" className={css.banner}>
    {text}
  </p>
);

/** A coloured card with a sentence that matters. */
export const Note = (props: { tone: 'warm' | 'bad'; role?: 'alert'; children: ReactNode }) => (
  <p role={props.role} className={[css.note, css[props.tone]].join(' ')}>
    {props.children}
  </p>
);
