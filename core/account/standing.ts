import type { AccountStatus } from '../statuses.ts';
import { classify } from '../telegram/error-catalogue.ts';

/** What a failure does to an account. `recoversAt` is null when no time brings it back. */
export type AccountChange = {
  status: Extract<AccountStatus, 'cooling' | 'blocked' | 'frozen' | 'signed_out' | 'banned'>;
  recoversAt: Date | null;
  error: string;
  /** Even when the time is over it acts only after a person has resumed it. */
  wantsPerson?: true;
};

/** How an account stands. A wait that Telegram asked for outlives what happens to the session meanwhile. */
export type Standing = {
  status: AccountStatus;
  /** Telegram's name of the error that led to the status. */
  statusError: string | null;
  /** The end of the longest wait. */
  recoversAt: Date | null;
  /** Telegram's name of the error that asked for the wait. */
  waitError: string | null;
  wantsPerson: boolean;
};

const atWork = { status: 'active', statusError: null, recoversAt: null, waitError: null } as const;
const worksOrWaits: readonly AccountStatus[] = ['active', 'cooling', 'blocked'];

/** True while the account works, or will again with nobody's help. */
export const recoversByItself = ({
  status,
  wantsPerson,
}: Pick<Standing, 'status' | 'wantsPerson'>): boolean => worksOrWaits.includes(status) && !wantsPerson;

/** The standing after a change: a wait is never cut short by a shorter one, and brings no lost account back. */
export function standingAfter(standing: Standing, change: AccountChange): Standing {
  const { status, error, recoversAt } = change;
  if (recoversAt === null) return { ...standing, status, statusError: error };
  const wantsPerson = standing.wantsPerson || change.wantsPerson === true;
  if (standing.recoversAt && standing.recoversAt >= recoversAt) return { ...standing, wantsPerson };
  const waiting = { ...standing, recoversAt, waitError: error, wantsPerson };
  return worksOrWaits.includes(standing.status) ? { ...waiting, status, statusError: error } : waiting;
}

/** The standing after a new sign-in, or when Telegram has freed the account: at work, unless a wait or a person's word is still to come. */
export function standingRestored(standing: Standing, now: Date): Standing {
  const { recoversAt, waitError, wantsPerson } = standing;
  const waits = wantsPerson || (recoversAt !== null && recoversAt > now);
  if (!waits || !waitError) return { ...standing, ...atWork };
  const isBlock = classify({ kind: 'rpc', error: waitError }).reaction.kind === 'block';
  return { ...standing, status: isBlock ? 'blocked' : 'cooling', statusError: waitError };
}

export const RECOVERIES = ['time', 'person', 'sign_in', 'appeal', 'enabling', 'nothing'] as const;

/** When and by whom the account comes back. */
export type Recovery =
  | { by: 'time'; at: Date }
  /** Not before `from`. */
  | { by: 'person'; from: Date }
  | { by: 'sign_in' }
  /** By an appeal to Telegram; `until` and `appealUrl` are what Telegram says, when it has been asked. */
  | { by: 'appeal'; until: Date | null; appealUrl: string | null }
  | { by: 'enabling' }
  | { by: 'nothing' };

/** Undefined for an account at work. */
export function recoveryOf(
  standing: Standing & { freezeUntil: Date | null; freezeAppealUrl: string | null },
): Recovery | undefined {
  const { recoversAt, wantsPerson } = standing;
  switch (standing.status) {
    case 'active':
      return undefined;
    case 'cooling':
    case 'blocked':
      if (!recoversAt) return { by: 'nothing' };
      return wantsPerson ? { by: 'person', from: recoversAt } : { by: 'time', at: recoversAt };
    case 'signed_out':
      return { by: 'sign_in' };
    case 'frozen':
      return { by: 'appeal', until: standing.freezeUntil, appealUrl: standing.freezeAppealUrl };
    case 'disabled':
      return { by: 'enabling' };
    case 'banned':
      return { by: 'nothing' };
  }
}

/** The moment a recovery speaks of. */
export function recoveryMoment(recovery: Recovery): Date | null {
  switch (recovery.by) {
    case 'time':
      return recovery.at;
    case 'person':
      return recovery.from;
    case 'appeal':
      return recovery.until;
    default:
      return null;
  }
}
