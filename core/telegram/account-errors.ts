import type { CatalogueEntry } from './catalogue-entry.ts';

const floods = 'core.telegram.org/api/errors#420-flood';
const spam = 'telegram.org/faq_spam';
const frozen = 'core.telegram.org/api/auth#frozen-accounts';
const unauthorized = 'core.telegram.org/api/errors#401-unauthorized';

const reset = 'core.telegram.org/method/account.resetAuthorization';

const signsOut = { concerns: 'session', reaction: { kind: 'sign_out' }, source: unauthorized } as const;

/** Failures that concern the account or its session, whatever it was doing. */
export const accountErrors = {
  FLOOD_WAIT: {
    concerns: 'account',
    reaction: { kind: 'cool_down' },
    refusal: 'account.flood',
    source: floods,
  },
  FLOOD_PREMIUM_WAIT: {
    concerns: 'account',
    reaction: { kind: 'cool_down' },
    refusal: 'account.flood',
    source: floods,
  },
  /** Only for sending messages; an account that is told to slow down does. */
  SLOWMODE_WAIT: {
    concerns: 'account_in_community',
    reaction: { kind: 'cool_down' },
    refusal: 'account.flood',
    source: 'core.telegram.org/method/messages.sendMessage',
  },
  FLOOD_TEST_PHONE_WAIT: {
    concerns: 'account',
    reaction: { kind: 'cool_down' },
    refusal: 'account.flood',
    source: floods,
  },
  PEER_FLOOD: { concerns: 'account', reaction: { kind: 'block' }, refusal: 'account.flood', source: spam },
  USER_RESTRICTED: { concerns: 'account', reaction: { kind: 'block' }, source: spam },
  USER_BANNED_IN_CHANNEL: { concerns: 'account', reaction: { kind: 'block' }, source: spam },
  FROZEN_METHOD_INVALID: { concerns: 'account', reaction: { kind: 'freeze' }, source: frozen },
  FROZEN_PARTICIPANT_MISSING: { concerns: 'account', reaction: { kind: 'freeze' }, source: frozen },

  AUTH_KEY_UNREGISTERED: signsOut,
  AUTH_KEY_INVALID: signsOut,
  AUTH_KEY_PERM_EMPTY: signsOut,
  SESSION_REVOKED: signsOut,
  SESSION_EXPIRED: signsOut,
  AUTH_KEY_DUPLICATED: {
    concerns: 'session',
    reaction: { kind: 'sign_out' },
    source: 'core.telegram.org/api/errors#406-not-acceptable',
  },
  USER_DEACTIVATED: { concerns: 'account', reaction: { kind: 'ban' }, source: unauthorized },
  USER_DEACTIVATED_BAN: { concerns: 'account', reaction: { kind: 'ban' }, source: unauthorized },

  /** Another session is not ended: ours is younger than a day, or the other is gone. */
  FRESH_RESET_AUTHORISATION_FORBIDDEN: { concerns: 'session', reaction: { kind: 'unknown' }, source: reset },
  HASH_INVALID: { concerns: 'session', reaction: { kind: 'unknown' }, source: reset },
  /** Not an error: what signed the account out was a person's wish. */
  LOGGED_OUT: {
    concerns: 'session',
    reaction: { kind: 'sign_out' },
    source: 'core.telegram.org/method/auth.logOut',
  },
  /** The account's session stays as it is: its key may come back. */
  KEY_MISSING: { concerns: 'session', reaction: { kind: 'cool_down' }, source: 'db/seal.ts' },
  SEAL_BROKEN: { concerns: 'session', reaction: { kind: 'sign_out' }, source: 'db/seal.ts' },

  /** Names of the port for calls without an answer. */
  TIMEOUT: { concerns: 'network', reaction: { kind: 'unknown' }, source: 'core/telegram/user-session.ts' },
  DISCONNECTED: {
    concerns: 'network',
    reaction: { kind: 'unknown' },
    source: 'core/telegram/user-session.ts',
  },
} as const satisfies Record<string, CatalogueEntry>;
