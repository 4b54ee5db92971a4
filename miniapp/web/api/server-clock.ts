import { useEffect, useState } from 'react';
import type { ServerTime } from '#miniapp/contract/session.ts';

/** The last reading of the server's business clock, and when it reached us on a clock that never jumps. */
let reading = { nowMs: Date.now(), scale: 1, readAtMs: performance.now() };

/** Takes a reading from an answer. Older answers never turn the clock back by more than their own delay. */
export const setServerTime = ({ now, timeScale }: ServerTime): void => {
  reading = { nowMs: Date.parse(now), scale: timeScale, readAtMs: performance.now() };
};

/** Business time in milliseconds; it may run faster than the wall. */
export const serverNowMs = (): number =>
  reading.nowMs + (performance.now() - reading.readAtMs) * reading.scale;

/** The same, again and again: each second, more often when business time is fast. */
export const useServerNow = (): number => {
  const [now, setNow] = useState(serverNowMs);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverNowMs()), reading.scale > 1 ? 250 : 1000);
    return () => clearInterval(timer);
  }, []);
  return now;
};
