import type { ReactNode } from 'react';
import css from './progress.module.css';

/** Where people stand, in the order the parts are drawn. */
export const PARTS = ['joined', 'alreadyMember', 'refused', 'waiting', 'open'] as const;
export type Part = (typeof PARTS)[number];
export type Shares = Record<Part, number>;

/** The colour of a part, to go with its words. */
export const Dot = ({ part }: { part: Part }) => (
  <span className={[css.dot, css[part]].join(' ')} aria-hidden="true" />
);

type ProgressProps = { shares: Shares; percent: number; label: string };
const DRAWN = PARTS.filter((part) => part !== 'open');

/** A bar in parts; `percent` is what it says to those who cannot see it. */
export const ProgressBar = ({ shares, percent, label }: ProgressProps) => {
  const total = sumOf(shares);
  return (
    <div className={css.bar} {...progressRole(percent, label)}>
      {DRAWN.filter((part) => shares[part] > 0).map((part) => (
        <span
          key={part}
          className={[css.part, css[part]].join(' ')}
          style={{ width: `${(100 * shares[part]) / total}%` }}
        />
      ))}
    </div>
  );
};

const RADIUS = 42;
const LENGTH = 2 * Math.PI * RADIUS;

/** The same as a ring, with something in its middle. */
export const ProgressRing = ({
  shares,
  percent,
  label,
  children,
}: ProgressProps & { children: ReactNode }) => {
  const total = sumOf(shares);
  let start = 0;
  return (
    <div className={css.figure} {...progressRole(percent, label)}>
      <svg className={css.ring} viewBox="0 0 100 100" aria-hidden="true">
        <circle className={css.track} cx="50" cy="50" r={RADIUS} strokeWidth="11" />
        {DRAWN.map((part) => {
          const length = total === 0 ? 0 : (LENGTH * shares[part]) / total;
          const offset = -start;
          start += length;
          return (
            <circle
              key={part}
              className={[css.arc, css[part]].join(' ')}
              cx="50"
              cy="50"
              r={RADIUS}
              strokeWidth={length > 0 ? 11 : 0}
              strokeDasharray={`${Math.max(0, length - (length > 3 ? 1 : 0))} ${LENGTH}`}
              strokeDashoffset={offset}
            />
          );
        })}
      </svg>
      <div className={css.centre}>{children}</div>
    </div>
  );
};

const sumOf = (shares: Shares): number => PARTS.reduce((sum, part) => sum + shares[part], 0);

const progressRole = (percent: number, label: string) => ({
  role: 'progressbar',
  'aria-label': label,
  'aria-valuenow': percent,
  'aria-valuemin': 0,
  'aria-valuemax': 100,
});
