import type { AttemptStatus, SuppressionScope, TargetStatus } from '../statuses.ts';
import type { PersonLesson } from '../telegram/catalogue-entry.ts';

/** A target after its attempt. `notBefore` is set exactly when it waits. */
export type TargetChange = { status: TargetStatus; reason: string | null; notBefore: Date | null };

/** What an attempt's end means for its row, its target and its person. */
export type AttemptOutcome = {
  attempt: Exclude<AttemptStatus, 'attempting'>;
  /** Key of the error catalogue or of the target rules; null when there is nothing to explain. */
  reason: string | null;
  target: TargetChange;
  learn?: PersonLesson;
  suppress?: SuppressionScope;
  /** This account's reference to the person must be deleted. */
  dropsReference?: true;
  /** Telegram's name of an error that nobody knows. */
  unknownError?: string;
};

export const joined: AttemptOutcome = {
  attempt: 'joined',
  reason: null,
  target: { status: 'joined', reason: null, notBefore: null },
};

export const alreadyMember: AttemptOutcome = {
  attempt: 'already_member',
  reason: 'already_member',
  target: { status: 'already_member', reason: 'already_member', notBefore: null },
};

/** Final: the person will not be tried again in this campaign. */
export const refused = (
  reason: string,
  consequences: Pick<AttemptOutcome, 'learn' | 'suppress'> = {},
): AttemptOutcome => ({
  attempt: 'refused',
  reason,
  target: { status: 'refused', reason, notBefore: null },
  ...consequences,
});

/** Final: nobody can address the person. */
export const unreachable = (
  reason: string,
  consequences: Pick<AttemptOutcome, 'learn'> = {},
): AttemptOutcome => ({
  attempt: 'refused',
  reason,
  target: { status: 'unreachable', reason, notBefore: null },
  ...consequences,
});

/** The call had no effect and the person may be tried again, by any account. */
export const returned = (reason: string): AttemptOutcome => ({
  attempt: 'returned',
  reason,
  target: { status: 'pending', reason, notBefore: null },
});

/** As `returned`, but not before a moment. */
export const returnedUntil = (reason: string, notBefore: Date): AttemptOutcome => ({
  attempt: 'returned',
  reason,
  target: { status: 'waiting', reason, notBefore },
});

/** The call may have had its effect: the attempt keeps its place in the limits until the membership is read. */
export const unknownOutcome = (reason: string): AttemptOutcome => ({
  attempt: 'unknown',
  reason,
  target: { status: 'attempting', reason, notBefore: null },
});
