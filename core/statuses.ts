/** The vocabularies that feed types, validation and database enums alike. */

export const ACCOUNT_STATUSES = [
  'active',
  'cooling',
  'blocked',
  'frozen',
  'signed_out',
  'banned',
  'disabled',
] as const;
export type AccountStatus = (typeof ACCOUNT_STATUSES)[number];

export const COMMUNITY_KINDS = ['group', 'supergroup', 'channel'] as const;

/** `found` by a search and not looked at further; `blocked` is never offered nor worked with. */
export const COMMUNITY_MARKS = ['found', 'saved', 'blocked'] as const;
export type CommunityMark = (typeof COMMUNITY_MARKS)[number];

/** `words` asks Telegram's search, `similar` its recommendations, `dialogs` what an account is in, `references` a list. */
export const SEARCH_KINDS = ['words', 'similar', 'dialogs', 'references'] as const;
export type SearchKind = (typeof SEARCH_KINDS)[number];

export const SEARCH_STATUSES = ['waiting', 'done', 'failed'] as const;
export type SearchStatus = (typeof SEARCH_STATUSES)[number];

/** `checking` until an account has read the community; `refused` says why it cannot be parsed. */
export const PARSE_STATUSES = [
  'checking',
  'waiting',
  'running',
  'paused',
  'done',
  'refused',
  'failed',
  'cancelled',
] as const;
export type ParseStatus = (typeof PARSE_STATUSES)[number];

/** Whom a parse collects: members, authors of messages, commenters of posts, people who reacted. */
export const PARSE_SOURCES = ['members', 'messages', 'commenters', 'reactions'] as const;
export type ParseSource = (typeof PARSE_SOURCES)[number];

export const PARSE_SPEEDS = ['safe', 'medium', 'fast'] as const;
export type ParseSpeed = (typeof PARSE_SPEEDS)[number];

export const PRIORITIES = ['high', 'normal', 'low'] as const;
export type Priority = (typeof PRIORITIES)[number];

/** `importing` is filled from a file, row by row. */
export const AUDIENCE_STATUSES = ['building', 'importing', 'ready', 'empty'] as const;
export type AudienceStatus = (typeof AUDIENCE_STATUSES)[number];

/** Why a person may be in an audience. */
export const BASES = ['opted_in', 'existing_member', 'collected'] as const;
export type Basis = (typeof BASES)[number];

/** Where a member of an audience came from. */
export const ORIGINS = ['parse_task', 'typed', 'file', 'audience', 'segment'] as const;
export type Origin = (typeof ORIGINS)[number];

/**
 * A file of people: `checking` is read through without changing anything; `refused` says why it cannot be read.
 * `cancelling` takes back what was imported.
 */
export const AUDIENCE_FILE_STATUSES = [
  'uploading',
  'checking',
  'checked',
  'importing',
  'cancelling',
  'imported',
  'cancelled',
  'refused',
] as const;
export type AudienceFileStatus = (typeof AUDIENCE_FILE_STATUSES)[number];

export const EXPORT_FORMATS = ['csv', 'xlsx', 'json'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** `too_large` is what Telegram takes from no bot: it waits in the panel. */
export const EXPORT_STATUSES = ['preparing', 'ready', 'delivered', 'too_large'] as const;
export type ExportStatus = (typeof EXPORT_STATUSES)[number];

export const CAMPAIGN_STATUSES = [
  'draft',
  'scheduled',
  'running',
  'paused',
  'finished',
  'cancelled',
  'failed',
] as const;
export type CampaignStatus = (typeof CAMPAIGN_STATUSES)[number];

export const CAMPAIGN_MODES = ['direct_add'] as const;
export type CampaignMode = (typeof CAMPAIGN_MODES)[number];

export const PLATFORMS = ['telegram'] as const;

/**
 * `pending` may be tried now; `waiting` may be tried at `not_before`; `attempting` has an open attempt.
 * All others are final.
 */
export const TARGET_STATUSES = [
  'pending',
  'waiting',
  'attempting',
  'joined',
  'already_member',
  'refused',
  'unreachable',
  'suppressed',
] as const;
export type TargetStatus = (typeof TARGET_STATUSES)[number];

/**
 * `attempting` may have reached Telegram; `unknown` is past its deadline and must be reconciled.
 * `returned` had no effect (a flood, an account in trouble, a call that never left): the person may be tried again.
 */
export const ATTEMPT_STATUSES = [
  'attempting',
  'unknown',
  'joined',
  'already_member',
  'refused',
  'returned',
] as const;
export type AttemptStatus = (typeof ATTEMPT_STATUSES)[number];

/** How a person who joined was gone again within a day. */
export const DEPARTURES = ['left', 'kicked'] as const;
export type Departure = (typeof DEPARTURES)[number];

export const SUPPRESSION_SCOPES = ['global', 'workspace', 'community'] as const;
export type SuppressionScope = (typeof SUPPRESSION_SCOPES)[number];

export const LANGUAGES = ['en', 'ru'] as const;
export type Language = (typeof LANGUAGES)[number];
