/** Connecting an account: how a person signs it in, and where that stands. */
export const SIGN_IN_METHODS = ['qr', 'phone'] as const;
export type SignInMethod = (typeof SIGN_IN_METHODS)[number];

/** What a worker asks the person for. */
export const SIGN_IN_QUESTIONS = ['phone', 'code', 'password'] as const;
export type SignInQuestion = (typeof SIGN_IN_QUESTIONS)[number];

/**
 * `waiting` for a worker, `working` with Telegram, `scan` while a QR code is shown, then the questions; `connecting` once
 * Telegram has signed the account in. All others are final; `lost` went down with its worker.
 */
export const SIGN_IN_STATUSES = [
  'waiting',
  'working',
  'scan',
  ...SIGN_IN_QUESTIONS,
  'connecting',
  'done',
  'refused',
  'cancelled',
  'expired',
  'lost',
] as const;
export type SignInStatus = (typeof SIGN_IN_STATUSES)[number];

export const CANCELLABLE_SIGN_INS = [
  'waiting',
  'working',
  'scan',
  ...SIGN_IN_QUESTIONS,
] as const satisfies readonly SignInStatus[];
export const OPEN_SIGN_INS = [
  ...CANCELLABLE_SIGN_INS,
  'connecting',
] as const satisfies readonly SignInStatus[];

export const isOpenSignIn = (status: SignInStatus): boolean =>
  (OPEN_SIGN_INS as readonly SignInStatus[]).includes(status);

/** How long a link to the page is good, how long the page lives once opened, and how long one attempt. Real time. */
export const CONNECT_LINK_MS = 10 * 60_000;
export const CONNECT_PAGE_MS = 30 * 60_000;
export const SIGN_IN_ATTEMPT_MS = 5 * 60_000;
