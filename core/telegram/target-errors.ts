import { DAY_MS, SECOND_MS } from '../duration.ts';
import type { CatalogueEntry } from './catalogue-entry.ts';

const daySeconds = DAY_MS / SECOND_MS;

const invites = 'core.telegram.org/method/channels.inviteToChannel, /method/messages.addChatUser';
const missing = 'core.telegram.org/api/invites#direct-invites';
const peers = 'core.telegram.org/api/peers';

const refuses = { kind: 'refuse', learn: 'refuses_direct_add' } as const;

/** Failures that concern the person who was to be invited or looked up. The first three are missing reasons. */
export const targetErrors = {
  privacy: { concerns: 'target', reaction: refuses, source: missing },
  premium_would_allow: { concerns: 'target', reaction: { kind: 'refuse' }, source: missing },
  premium_required_for_pm: { concerns: 'target', reaction: refuses, source: missing },

  USER_ALREADY_PARTICIPANT: {
    concerns: 'target_in_community',
    reaction: { kind: 'already_member' },
    source: invites,
  },
  USER_PRIVACY_RESTRICTED: { concerns: 'target', reaction: refuses, source: invites },
  USER_NOT_MUTUAL_CONTACT: { concerns: 'target_in_community', reaction: { kind: 'refuse' }, source: invites },
  USER_BLOCKED: {
    concerns: 'target',
    reaction: { kind: 'refuse', suppress: 'workspace' },
    source: invites,
  },
  USER_IS_BLOCKED: {
    concerns: 'target',
    reaction: { kind: 'refuse', suppress: 'workspace' },
    source: invites,
  },
  YOU_BLOCKED_USER: {
    concerns: 'target',
    reaction: { kind: 'refuse', suppress: 'workspace' },
    source: invites,
  },
  USER_BOT: { concerns: 'target', reaction: { kind: 'refuse', learn: 'is_bot' }, source: invites },
  BOTS_TOO_MUCH: { concerns: 'target', reaction: { kind: 'refuse', learn: 'is_bot' }, source: invites },
  BOT_GROUPS_BLOCKED: { concerns: 'target', reaction: { kind: 'refuse', learn: 'is_bot' }, source: invites },
  USER_KICKED: {
    concerns: 'target_in_community',
    reaction: { kind: 'refuse', suppress: 'community' },
    source: invites,
  },
  INPUT_USER_DEACTIVATED: {
    concerns: 'target',
    reaction: { kind: 'unreachable', learn: 'is_deleted' },
    source: invites,
  },
  USER_CHANNELS_TOO_MUCH: {
    concerns: 'target',
    reaction: { kind: 'retry_later', afterSeconds: 30 * daySeconds },
    source: invites,
  },
  CHAT_MEMBER_ADD_FAILED: {
    concerns: 'target_in_community',
    reaction: { kind: 'retry_later', afterSeconds: daySeconds, times: 1 },
    source: invites,
  },
  USER_ID_INVALID: { concerns: 'target', reaction: { kind: 'drop_reference', times: 1 }, source: peers },
  PEER_ID_INVALID: { concerns: 'target', reaction: { kind: 'drop_reference', times: 1 }, source: peers },
  PARTICIPANT_ID_INVALID: {
    concerns: 'target',
    reaction: { kind: 'drop_reference', times: 1 },
    source: 'core.telegram.org/method/channels.getParticipant',
  },
  MSG_ID_INVALID: { concerns: 'target', reaction: { kind: 'drop_reference', times: 1 }, source: peers },

  USERNAME_NOT_OCCUPIED: {
    concerns: 'target',
    reaction: { kind: 'unreachable' },
    refusal: 'community.reference_unknown',
    source: 'core.telegram.org/method/contacts.resolveUsername',
  },
  PHONE_NOT_OCCUPIED: {
    concerns: 'target',
    reaction: { kind: 'unreachable' },
    source: 'core.telegram.org/method/contacts.resolvePhone',
  },
  USERNAME_INVALID: {
    concerns: 'target',
    reaction: { kind: 'unreachable' },
    refusal: 'community.reference_unknown',
    source: 'core.telegram.org/method/contacts.resolveUsername',
  },
} as const satisfies Record<string, CatalogueEntry>;
