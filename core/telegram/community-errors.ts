import type { CatalogueEntry } from './catalogue-entry.ts';

const invites = 'core.telegram.org/method/channels.inviteToChannel, /method/messages.addChatUser';
const links = 'core.telegram.org/method/messages.checkChatInvite';

/** Failures that concern a community, or an account's standing in it. */
export const communityErrors = {
  CHAT_ADMIN_REQUIRED: {
    concerns: 'account_in_community',
    reaction: { kind: 'detach' },
    refusal: 'community.members_hidden',
    source: invites,
  },
  CHAT_WRITE_FORBIDDEN: { concerns: 'account_in_community', reaction: { kind: 'detach' }, source: invites },
  CHANNEL_PRIVATE: {
    concerns: 'account_in_community',
    reaction: { kind: 'detach' },
    refusal: 'community.private',
    source: invites,
  },
  CHAT_FORBIDDEN: {
    concerns: 'account_in_community',
    reaction: { kind: 'detach' },
    refusal: 'community.private',
    source: 'core.telegram.org/api/errors#403-forbidden',
  },
  CHAT_ADMIN_INVITE_REQUIRED: {
    concerns: 'account_in_community',
    reaction: { kind: 'detach' },
    source: 'core.telegram.org/api/errors#403-forbidden',
  },
  RIGHT_FORBIDDEN: {
    concerns: 'account_in_community',
    reaction: { kind: 'detach' },
    source: 'core.telegram.org/api/errors#403-forbidden',
  },
  USER_NOT_PARTICIPANT: {
    concerns: 'account_in_community',
    reaction: { kind: 'detach' },
    refusal: 'community.private',
    source: 'core.telegram.org/method/channels.getParticipant',
  },

  USERS_TOO_MUCH: {
    concerns: 'community',
    reaction: { kind: 'pause_campaign' },
    refusal: 'campaign.channel_full',
    source: invites,
  },
  CHANNEL_INVALID: {
    concerns: 'community',
    reaction: { kind: 'pause_campaign' },
    refusal: 'community.reference_unknown',
    source: invites,
  },
  CHAT_INVALID: {
    concerns: 'community',
    reaction: { kind: 'pause_campaign' },
    refusal: 'community.reference_unknown',
    source: invites,
  },
  CHAT_ID_INVALID: {
    concerns: 'community',
    reaction: { kind: 'pause_campaign' },
    refusal: 'community.reference_unknown',
    source: invites,
  },
  CHANNEL_MONOFORUM_UNSUPPORTED: {
    concerns: 'community',
    reaction: { kind: 'pause_campaign' },
    refusal: 'community.not_parsable',
    source: invites,
  },

  INVITE_HASH_INVALID: {
    concerns: 'community',
    reaction: { kind: 'pause_campaign' },
    refusal: 'community.reference_unknown',
    source: links,
  },
  INVITE_HASH_EMPTY: {
    concerns: 'community',
    reaction: { kind: 'pause_campaign' },
    refusal: 'community.reference_unknown',
    source: links,
  },
  INVITE_HASH_EXPIRED: {
    concerns: 'community',
    reaction: { kind: 'pause_campaign' },
    refusal: 'community.reference_unknown',
    source: links,
  },
} as const satisfies Record<string, CatalogueEntry>;
