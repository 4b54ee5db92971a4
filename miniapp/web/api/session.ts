/**
 * The token of this launch. It is kept for the tab, so that a reload does not need the launch again: a launch is good
 * once. A token of another launch is not used.
 */
const STORED = 'usher.session';

export type SessionState = 'none' | 'open' | 'ended';
type Stored = { launch: string; token: string };

let stored: Stored | undefined;
let state: SessionState = 'none';
const listeners = new Set<() => void>();

export const sessionToken = (): string | undefined => stored?.token;

/** Takes up the token of an earlier load of the same launch. */
export const resumeSession = (launch: string): boolean => {
  const kept = readStored();
  if (kept?.launch !== launch) return false;
  stored = kept;
  move('open');
  return true;
};

export const beginSession = (launch: string, token: string): void => {
  stored = { launch, token };
  sessionStorage.setItem(STORED, JSON.stringify(stored));
  move('open');
};

export const endSession = (): void => {
  stored = undefined;
  sessionStorage.removeItem(STORED);
  move('ended');
};

/** Before a new launch is exchanged: nothing of the one before counts. */
export const forgetSession = (): void => {
  stored = undefined;
  move('none');
};

export const sessionState = (): SessionState => state;

export const onSessionChange = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const move = (next: SessionState): void => {
  state = next;
  for (const listener of listeners) listener();
};

const readStored = (): Stored | undefined => {
  try {
    return JSON.parse(sessionStorage.getItem(STORED) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
};
