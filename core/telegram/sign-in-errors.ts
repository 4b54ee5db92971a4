import type { RefusalCode } from '../refusals.ts';
import type { CatalogueEntry } from './catalogue-entry.ts';

const refuses = (refusal: RefusalCode, method: string) =>
  ({
    concerns: 'account',
    reaction: { kind: 'refuse_sign_in' },
    refusal,
    source: `core.telegram.org/method/${method}`,
  }) as const satisfies CatalogueEntry;

/** Failures of connecting an account. */
export const signInErrors = {
  PHONE_NUMBER_INVALID: refuses('account.number_invalid', 'auth.sendCode'),
  PHONE_NUMBER_BANNED: refuses('account.number_banned', 'auth.sendCode'),
  PHONE_NUMBER_UNOCCUPIED: refuses('account.number_unregistered', 'auth.signIn'),
  PHONE_NUMBER_FLOOD: refuses('account.flood', 'auth.sendCode'),
  PHONE_PASSWORD_FLOOD: refuses('account.flood', 'auth.sendCode'),
  PHONE_NUMBER_APP_SIGNUP_FORBIDDEN: refuses('account.number_unregistered', 'auth.sendCode'),
  PHONE_PASSWORD_PROTECTED: refuses('account.sign_in_failed', 'auth.sendCode'),
  SMS_CODE_CREATE_FAILED: refuses('account.sign_in_failed', 'auth.sendCode'),
  SIGN_IN_FAILED: refuses('account.sign_in_failed', 'auth.signIn'),
  PHONE_CODE_INVALID: refuses('account.code_wrong', 'auth.signIn'),
  PHONE_CODE_EMPTY: refuses('account.code_wrong', 'auth.signIn'),
  PHONE_CODE_EXPIRED: refuses('account.code_expired', 'auth.signIn'),
  PHONE_CODE_HASH_EMPTY: refuses('account.code_expired', 'auth.signIn'),
  PASSWORD_HASH_INVALID: refuses('account.password_wrong', 'auth.checkPassword'),
  SRP_ID_INVALID: refuses('account.sign_in_failed', 'auth.checkPassword'),
  SRP_PASSWORD_CHANGED: refuses('account.password_wrong', 'auth.checkPassword'),
  AUTH_TOKEN_EXPIRED: refuses('account.code_expired', 'auth.importLoginToken'),
  AUTH_TOKEN_INVALID: refuses('account.sign_in_failed', 'auth.importLoginToken'),
  AUTH_TOKEN_ALREADY_ACCEPTED: refuses('account.sign_in_failed', 'auth.importLoginToken'),
  AUTH_RESTART: refuses('account.sign_in_failed', 'auth.sendCode'),
  API_ID_INVALID: refuses('account.app_refused', 'auth.sendCode'),
  API_ID_PUBLISHED_FLOOD: refuses('account.app_refused', 'auth.sendCode'),
  UPDATE_APP_TO_LOGIN: refuses('account.app_refused', 'auth.signIn'),
} as const;
