import css from './avatar.module.css';

const COLOURS = [css.c0, css.c1, css.c2, css.c3, css.c4, css.c5, css.c6];

/** A round of colour with the initials of a name; always the same for the same name. Says nothing to screen readers. */
export const Avatar = ({ name, isLarge = false }: { name: string; isLarge?: boolean }) => {
  const letters = [...name.replace(/^@/, '')];
  const hash = letters.reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7);
  const initials = name
    .replace(/^@/, '')
    .split(/[\s_]+/)
    .map((word) => [...word][0] ?? '')
    .slice(0, 2)
    .join('');
  return (
    <span
      className={[css.avatar, COLOURS[hash % COLOURS.length], isLarge ? css.large : ''].join(' ')}
      aria-hidden="true"
    >
      {initials.toUpperCase()}
    </span>
  );
};
