import { useEffect, useState } from 'react';

const SETTLES_MS = 300;

/** What is being typed, once the typing pauses: a server is not asked for every letter. */
export const useSettled = (typed: string): string => {
  const [settled, setSettled] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), SETTLES_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return settled;
};
