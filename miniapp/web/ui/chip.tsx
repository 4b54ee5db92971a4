import css from './chip.module.css';

export type Tone = 'calm' | 'good' | 'known' | 'warm' | 'bad';

/** A state in a word and a colour; its dot beats while something moves. */
export const Chip = (props: { tone: Tone; text: string; isMoving?: boolean }) => (
  <span className={[css.chip, css[props.tone], props.isMoving ? css.moving : ''].join(' ')}>
    {props.text}
  </span>
);
