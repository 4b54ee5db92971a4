/**
 * What exists in the offline Telegram. Ids are decimal strings; users, chats and their messages are the only state,
 * and MTProto and the Bot API are two projections of the events that change it.
 */

export type UserId = string;
export type ChatId = string;

/** How much a stranger learns about when a user was last online (Telegram's userStatus constructors). */
export type LastSeen =
  | { kind: 'online'; until: Date }
  | { kind: 'offline'; at: Date }
  | { kind: 'recently' | 'lastWeek' | 'lastMonth' | 'longAgo' };

/** What happens when somebody tries to add this user to a chat. */
export type InvitePrivacy =
  | 'everybody'
  | 'nobody' // comes back in missing_invitees without a flag
  | 'premium_only' // missing_invitees with premium_would_allow_invite
  | 'not_mutual' // USER_NOT_MUTUAL_CONTACT
  | 'too_many_channels' // USER_CHANNELS_TOO_MUCH
  | 'blocked_inviter'; // USER_IS_BLOCKED

export type User = {
  id: UserId;
  firstName: string;
  lastName?: string;
  username?: string;
  /** The username goes the moment somebody has been shown it: what a collector keeps no longer resolves. */
  usernameGoesOnceSeen?: boolean;
  phone?: string;
  /** Found by the phone number by nobody: `inputPrivacyKeyAddedByPhone` for contacts alone, and nobody here is one. */
  isHiddenByPhone?: boolean;
  bot?: { token: string };
  deleted?: boolean;
  premium?: boolean;
  scam?: boolean;
  fake?: boolean;
  photo?: boolean;
  languageCode?: string;
  lastSeen: LastSeen;
  invitePrivacy: InvitePrivacy;
  /** Home data centre; signing in elsewhere answers PHONE_MIGRATE_X. */
  dcId: number;
  /** Cloud password; undefined means no two-step verification. */
  password?: { value: string; hint?: string };
  /** Deactivated or restricted by the operator of the sandbox. */
  restriction?: 'deactivated' | 'banned' | 'frozen';
};

export type ChatKind = 'group' | 'supergroup' | 'channel';

export type AdminRights = { inviteUsers: boolean; banUsers: boolean; postMessages: boolean };

export type Message = {
  id: number;
  /** A user, or the chat itself for anonymous admins and channel posts. */
  from: { user: UserId } | { chat: ChatId };
  chat: ChatId | undefined;
  /** The other side of a private conversation; undefined in chats. */
  peer: UserId | undefined;
  text: string;
  at: Date;
  editedAt?: Date;
  /** Bot API inline keyboard, as the bot sent it. */
  keyboard?: InlineKeyboard;
  /** The message this one answers, in the same chat. */
  replyTo?: number;
  /** Top message of the thread: the auto-forwarded post in a linked discussion group. */
  thread?: number;
  /** Set on the copy of a channel post in its discussion group. */
  forwardOf?: { chat: ChatId; messageId: number };
  /** Who wrote first what this message hands on. */
  forwardFrom?: UserId;
  /** The latest last. */
  reactions?: Map<UserId, { emoji: string; at: Date }>;
  media?: { kind: 'photo' | 'document'; fileId: string; name?: string };
  /** Formatting, as in the Bot API; offsets and lengths count UTF-16 units. */
  entities?: MessageEntity[];
  /** A note of Telegram's own instead of a text. */
  service?: 'write_access_allowed';
};

export type MessageEntity = { type: string; offset: number; length: number; [field: string]: unknown };

export type InlineKeyboard = { inline_keyboard: { text: string; [field: string]: unknown }[][] };

export type Chat = {
  id: ChatId;
  kind: ChatKind;
  title: string;
  about?: string;
  username?: string;
  createdAt: Date;
  creator?: UserId;
  /** Changed through membership.ts alone, which keeps `memberIds` in step. */
  members: Map<UserId, { joinedAt: Date; invitedBy?: UserId }>;
  /** The same people in order of joining, so that a page of them is one slice. */
  memberIds: UserId[];
  admins: Map<UserId, AdminRights>;
  left: Set<UserId>;
  kicked: Set<UserId>;
  membersHidden?: boolean;
  /** Discussion group of a channel, or channel of a discussion group. */
  linkedChat?: ChatId;
  /** Ascending by id. */
  messages: Message[];
  nextMessageId: number;
  /** Messages of each thread by its top message's id, ascending; without the top message itself. */
  threads: Map<number, Message[]>;
  /** In a discussion group: the copy of each channel post, by the post's id. */
  postCopies: Map<number, number>;
  inviteLinks: Map<string, InviteLink>;
  joinRequests: Map<UserId, { at: Date; link?: string }>;
};

export type InviteLink = {
  hash: string;
  name?: string;
  createdBy: UserId;
  needsApproval: boolean;
  expiresAt?: Date;
  memberLimit?: number;
  joined: Map<UserId, Date>;
  createdAt: Date;
  revoked?: boolean;
  /** The standing link of one admin, replaced when exported again. */
  primary?: boolean;
};

/** Everything that can happen. Projections (MTProto updates, Bot API updates) listen; nobody else changes state. */
export type WorldEvent =
  | { kind: 'message_sent'; message: Message; randomId?: string }
  | { kind: 'message_edited'; message: Message }
  | { kind: 'message_deleted'; chat: ChatId | undefined; peer: UserId | undefined; messageId: number }
  | { kind: 'member_joined'; chat: ChatId; user: UserId; by: UserId | undefined; link?: string }
  | { kind: 'member_left'; chat: ChatId; user: UserId }
  | { kind: 'member_kicked'; chat: ChatId; user: UserId; by: UserId }
  | { kind: 'join_requested'; chat: ChatId; user: UserId; link?: string }
  | { kind: 'member_promoted'; chat: ChatId; user: UserId; by: UserId | undefined }
  | { kind: 'bot_blocked'; bot: UserId; user: UserId }
  | { kind: 'bot_unblocked'; bot: UserId; user: UserId }
  | { kind: 'signed_in'; user: UserId; authKeyId: string }
  | { kind: 'signed_out'; user: UserId; authKeyId: string };
