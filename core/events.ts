import { z } from 'zod';
import { KEYS_AWAY } from './session-keys.ts';
import { COMMUNITY_MARKS } from './statuses.ts';

/**
 * What happened, in the past tense. Commands write events into the outbox in their own transaction; the relay hands
 * them to the Mini App (live) and to the bot (alerts). Payloads hold ids and numbers only, never secrets.
 */
export const eventSchemas = {
  'account.connected': z.object({ accountId: z.string() }),
  'account.cooling': z.object({ accountId: z.string(), until: z.iso.datetime(), error: z.string() }),
  'account.blocked': z.object({ accountId: z.string(), until: z.iso.datetime(), error: z.string() }),
  /** `until` and `appealUrl` are what Telegram says, once it has been asked. */
  'account.frozen': z.object({
    accountId: z.string(),
    error: z.string(),
    until: z.iso.datetime().nullable(),
    appealUrl: z.url().nullable(),
  }),
  'account.banned': z.object({ accountId: z.string(), error: z.string() }),
  'account.signed_out': z.object({ accountId: z.string(), error: z.string() }),
  'account.disabled': z.object({ accountId: z.string() }),
  'account.removed': z.object({ accountId: z.string() }),
  /** Its profile and the list of its sessions were read. */
  'account.refreshed': z.object({ accountId: z.string() }),
  /** A session that was not there at the last look, and is not ours. */
  'account.new_login': z.object({
    accountId: z.string(),
    hash: z.string(),
    device: z.string(),
    app: z.string(),
    country: z.string(),
    createdAt: z.iso.datetime(),
  }),
  'account.recovered': z.object({ accountId: z.string() }),
  'community.requested': z.object({ communityId: z.string() }),
  'community.checked': z.object({ communityId: z.string() }),
  'community.marked': z.object({ communityId: z.string(), mark: z.enum(COMMUNITY_MARKS) }),
  'community_search.requested': z.object({ searchId: z.string() }),
  'community_search.done': z.object({ searchId: z.string(), found: z.number() }),
  'community_search.failed': z.object({ searchId: z.string(), error: z.string() }),
  'parse_task.requested': z.object({ taskId: z.string() }),
  /** `seen` are members or messages, `media` messages with a photo, file or the like; the rate is a minute's. */
  'parse_task.progressed': z.object({
    taskId: z.string(),
    people: z.number(),
    seen: z.number(),
    media: z.number(),
    total: z.number().nullable(),
    ratePerMinute: z.number().nullable(),
    secondsLeft: z.number().nullable(),
  }),
  /** `because` says why there is nobody, a refusal code. */
  'parse_task.finished': z.object({
    taskId: z.string(),
    people: z.number(),
    because: z.string().nullable(),
  }),
  'parse_task.paused': z.object({ taskId: z.string() }),
  'parse_task.resumed': z.object({ taskId: z.string() }),
  'parse_task.cancelled': z.object({ taskId: z.string(), people: z.number() }),
  'parse_task.restarted': z.object({ taskId: z.string() }),
  'parse_task.removed': z.object({ taskId: z.string() }),
  /** Another account goes on with it; `error` is what befell the first. */
  'parse_task.moved': z.object({ taskId: z.string(), accountId: z.string(), error: z.string() }),
  /** Its account rests and no other can read on; `until` is null when only a person can help. */
  'parse_task.waits': z.object({
    taskId: z.string(),
    error: z.string(),
    until: z.iso.datetime().nullable(),
  }),
  'parse_task.refused': z.object({ taskId: z.string(), code: z.string() }),
  'parse_task.failed': z.object({ taskId: z.string(), error: z.string() }),
  'audience.requested': z.object({ audienceId: z.string() }),
  'audience.built': z.object({ audienceId: z.string(), members: z.number() }),
  'audience_file.uploaded': z.object({ fileId: z.string() }),
  'audience_file.reading_changed': z.object({ fileId: z.string() }),
  'audience_file.import_started': z.object({ fileId: z.string() }),
  'audience_file.cancelling': z.object({ fileId: z.string() }),
  'audience_file.progressed': z.object({ fileId: z.string(), rows: z.number() }),
  'audience_file.checked': z.object({ fileId: z.string() }),
  /** It cannot be read; `code` is a refusal. */
  'audience_file.refused': z.object({ fileId: z.string(), code: z.string() }),
  'audience_file.imported': z.object({ fileId: z.string(), rows: z.number() }),
  'audience_file.cancelled': z.object({ fileId: z.string() }),
  'export.requested': z.object({ exportId: z.string() }),
  'export.ready': z.object({ exportId: z.string() }),
  /** Old people whom nothing uses are forgotten; the counts are of what was removed. */
  'retention.finished': z.object({ runId: z.string(), people: z.number(), files: z.number() }),
  'retention.changed': z.object({ keptDays: z.number() }),
  'person.erased': z.object({ people: z.number() }),
  'policy.published': z.object({ version: z.number() }),
  /** A worker could not verify it: the last good one stays in force. */
  'policy.rejected': z.object({ version: z.number() }),
  /** A worker fell silent: its accounts are taken over after their lease term. */
  'node.lost': z.object({ name: z.string() }),
  'node.returned': z.object({ name: z.string() }),
  /** Workers cannot read the keys of sessions; `because` is one of `KEYS_AWAY`. */
  'keys.away': z.object({ because: z.enum(KEYS_AWAY) }),
  'keys.back': z.object({}),
  'member.joined': z.object({ operatorId: z.string() }),
  'member.role_changed': z.object({ operatorId: z.string() }),
  'member.left': z.object({ operatorId: z.string() }),
  'invitation.created': z.object({ invitationId: z.string() }),
  'invitation.withdrawn': z.object({ invitationId: z.string() }),
  'api_token.created': z.object({ tokenId: z.string() }),
  'api_token.revoked': z.object({ tokenId: z.string() }),
  'webhook.created': z.object({ webhookId: z.string() }),
  'webhook.enabled': z.object({ webhookId: z.string() }),
  'webhook.removed': z.object({ webhookId: z.string() }),
  /** It has not answered for too long: it is told nothing more until somebody enables it. */
  'webhook.disabled': z.object({ webhookId: z.string(), because: z.string() }),
  /** Ended by its person, from this session or another. */
  'session.ended': z.object({ sessionId: z.string() }),
  'campaign.started': z.object({ campaignId: z.string() }),
  'campaign.paused': z.object({ campaignId: z.string(), because: z.string() }),
  'campaign.resumed': z.object({ campaignId: z.string() }),
  'campaign.progressed': z.object({ campaignId: z.string() }),
  'campaign.finished': z.object({ campaignId: z.string() }),
  'campaign.cancelled': z.object({ campaignId: z.string() }),
} as const;

export type EventKind = keyof typeof eventSchemas;
export type EventPayload<K extends EventKind> = z.infer<(typeof eventSchemas)[K]>;
export type UsherEvent = { [K in EventKind]: { kind: K; payload: EventPayload<K> } }[EventKind];

/** An event as it reaches its readers: `position` grows without gaps in the order of commit. */
export type PublishedEvent = UsherEvent & { position: number; workspaceId: string; at: Date };
