import { z } from 'zod';
import { botFaultSchema } from '#sandbox/botapi/bot-faults.ts';
import { botRateLimitsSchema } from '#sandbox/botapi/bot-rate-limits.ts';
import { faultRule } from '#sandbox/faults/rule.ts';
import { limitModel } from '#sandbox/limits/create-limits.ts';

/** What control takes. A `user`, `bot` or `:id` is an id or a username, with or without its @. */

const peer = z.union([z.string().min(1), z.number().int().transform(String)]);

export const clockChange = z.union([
  z.strictObject({ advanceMs: z.number().min(0) }),
  z.strictObject({ scale: z.number().positive() }),
]);

export const newFault = z.union([
  faultRule.extend({ api: z.literal('mtproto').default('mtproto') }),
  botFaultSchema.extend({ api: z.literal('bot') }),
]);

export const limitsChange = z.strictObject({
  /** Token buckets per account; an empty list limits nothing. */
  mtproto: limitModel.optional(),
  bot: botRateLimitsSchema.optional(),
});

const share = z.number().min(0).max(1);

const privacyShares = z.strictObject({
  nobody: share,
  premium_only: share,
  not_mutual: share,
  too_many_channels: share,
  blocked_inviter: share,
});

export const scenarioChoice = z.discriminatedUnion('name', [
  z.strictObject({ name: z.literal('demo') }),
  z.strictObject({
    name: z.literal('crowd'),
    members: z.number().int().min(0).exactOptional(),
    accounts: z.number().int().min(0).exactOptional(),
    mix: z.strictObject({ privacy: privacyShares.exactOptional() }).exactOptional(),
  }),
  z.strictObject({ name: z.literal('empty') }),
]);

const rights = z.strictObject({
  inviteUsers: z.boolean().default(false),
  banUsers: z.boolean().default(false),
  postMessages: z.boolean().default(false),
});

const newUser = z.strictObject({
  id: z.string().exactOptional(),
  firstName: z.string().min(1),
  lastName: z.string().exactOptional(),
  username: z.string().exactOptional(),
  phone: z.string().regex(/^\d+$/).exactOptional(),
  isHiddenByPhone: z.boolean().exactOptional(),
  languageCode: z.string().exactOptional(),
  premium: z.boolean().exactOptional(),
  dcId: z.number().int().exactOptional(),
  bot: z.strictObject({ token: z.string().min(1) }).exactOptional(),
  password: z.strictObject({ value: z.string().min(1), hint: z.string().exactOptional() }).exactOptional(),
  invitePrivacy: z
    .enum(['everybody', 'nobody', 'premium_only', 'not_mutual', 'too_many_channels', 'blocked_inviter'])
    .exactOptional(),
});

const newChat = z.strictObject({
  kind: z.enum(['group', 'supergroup', 'channel']),
  title: z.string().min(1),
  username: z.string().exactOptional(),
  about: z.string().exactOptional(),
  membersHidden: z.boolean().exactOptional(),
  creator: peer.exactOptional(),
  admins: z.array(z.strictObject({ user: peer, rights: rights.prefault({}) })).default([]),
  members: z.array(peer).default([]),
});

/** A scenario replaces everything there is; users and chats are added to it. */
export const seedRequest = z.strictObject({
  scenario: scenarioChoice.optional(),
  users: z.array(newUser).default([]),
  chats: z.array(newChat).default([]),
});

export const writtenMessage = z.union([
  z.strictObject({
    bot: peer,
    text: z.string().min(1).max(4096),
    replyTo: z.number().int().optional(),
  }),
  z.strictObject({
    bot: peer,
    document: z.strictObject({
      name: z.string().min(1),
      mimeType: z.string().default('application/octet-stream'),
      base64: z.base64(),
    }),
    text: z.string().max(1024).default(''),
    replyTo: z.number().int().optional(),
  }),
]);

export const press = z.strictObject({
  bot: peer,
  messageId: z.number().int(),
  /** The button's callback_data, or its label. */
  button: z.string().min(1),
});

/** The token in a QR code, base64url, or the whole tg://login link. */
export const loginAcceptance = z.strictObject({ token: z.string().min(1) });

export const ofBot = z.strictObject({ bot: peer });
export const block = ofBot.extend({ blocked: z.boolean().default(true) });

/** A chat's @username or an invite link. */
export const joining = z.strictObject({ chat: z.string().min(1) });

export const customMethod = z.strictObject({
  bot: peer,
  method: z.string().min(1),
  params: z.record(z.string(), z.unknown()).default({}),
});

export const theme = z.enum(['light', 'dark']);

export const launchRequest = z.strictObject({
  user: peer,
  bot: peer,
  /** The Mini App's address; the bot's menu button for this user when absent. */
  url: z.url().optional(),
  startParam: z
    .string()
    .regex(/^[\w-]{0,512}$/)
    .optional(),
  theme: theme.default('light'),
  platform: z.string().default('weba'),
  version: z.string().default('9.1'),
});

export type ClockChange = z.input<typeof clockChange>;
export type NewFault = z.input<typeof newFault>;
export type LimitsChange = z.input<typeof limitsChange>;
export type SeedRequest = z.input<typeof seedRequest>;
export type WrittenMessage = z.input<typeof writtenMessage>;
export type Press = z.input<typeof press>;
export type CustomMethod = z.input<typeof customMethod>;
export type LaunchRequest = z.input<typeof launchRequest>;
export type Theme = z.output<typeof theme>;
