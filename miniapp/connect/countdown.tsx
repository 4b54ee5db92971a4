import { useEffect, useState } from 'react';
import { useTexts } from '#miniapp/web/texts/context.ts';
import { formatTimer } from '#miniapp/web/texts/format.ts';
import css from './connect.module.css';

/** Real milliseconds that are left; begins anew with each `since`. */
export const useLeft = (ms: number, since: string): number => {
  const [end, setEnd] = useState({ since, at: performance.now() + ms });
  if (end.since !== since) setEnd({ since, at: performance.now() + ms });
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(performance.now()), 250);
    return () => clearInterval(timer);
  }, []);
  return Math.max(0, end.at - now);
};

/** A timer that runs down. */
export const Countdown = ({ label, ms, since }: { label: string; ms: number; since: string }) => {
  const { t } = useTexts();
  const left = useLeft(ms, since);
  return (
    <p>
      {label}{' '}
      <span role="timer" className={css.timer}>
        {formatTimer(t, left)}
      </span>
    </p>
  );
};
