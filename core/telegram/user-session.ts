import type { AdminRight } from '../community/admin-rights.ts';

/**
 * The MTProto port: what Usher asks of Telegram in the name of one account. Expected failure is data, never a throw.
 * Every call has a deadline of its own; no implementation sleeps or sends again by itself.
 */

/** A decimal Telegram id. */
export type TelegramId = string;

export type CommunityKind = 'group' | 'supergroup' | 'channel';

/** A community as one account can address it. Access hashes belong to the account that saw them. */
export type ChatRef = { kind: CommunityKind; telegramId: TelegramId; accessHash: string };

/** A person as one account can address them. */
export type PersonRef =
  | { kind: 'full'; telegramId: TelegramId; accessHash: string }
  | { kind: 'from_message'; telegramId: TelegramId; chat: ChatRef; messageId: number };

export const LAST_SEEN_BUCKETS = ['online', 'recently', 'week', 'month', 'long_ago', 'unknown'] as const;
export type LastSeenBucket = (typeof LAST_SEEN_BUCKETS)[number];

export type SeenPerson = {
  telegramId: TelegramId;
  /** Undefined for a `min` user: reachable only through the message that showed them. */
  accessHash?: string;
  firstName: string;
  lastName?: string;
  username?: string;
  isBot: boolean;
  isDeleted: boolean;
  isScam: boolean;
  isPremium: boolean;
  hasPhoto: boolean;
  lastSeen: LastSeenBucket;
};

export type CommunityFacts = {
  kind: CommunityKind;
  telegramId: TelegramId;
  accessHash: string;
  title: string;
  username?: string;
  membersCount: number;
  /** True when only administrators may list the members. */
  membersHidden: boolean;
  /** What it says of itself. */
  about?: string;
  /** The discussion group of a channel. */
  linkedChat?: ChatRef;
  /** The account's own standing in it; whoever is no administrator has no `adminRights`. */
  own: { isMember: boolean; isAdmin: boolean; mayInvite: boolean; adminRights: readonly AdminRight[] };
};

/** A community in a list of them: what is told without reading it. */
export type ListedCommunity = Omit<ChatRef, 'kind'> & {
  kind: CommunityKind;
  title: string;
  username?: string;
  membersCount?: number;
};

/** Where the next page of the account's own communities begins. */
export type DialogsCursor = {
  at: Date;
  messageId: number;
  /** Whose conversation was the last one. */
  peer: ChatRef | { kind: 'user'; telegramId: TelegramId; accessHash: string };
};
export type DialogsPage = { communities: ListedCommunity[]; next: DialogsCursor | undefined };

/** `total` is Telegram's own count of what matches, not the sum of pages. */
export type MembersPage = {
  people: SeenPerson[];
  admins: TelegramId[];
  total: number;
  nextOffset: number | undefined;
};

export type Post = { messageId: number; at: Date; comments: number };
/** `total` counts all posts of the channel. */
export type PostsPage = { posts: Post[]; total: number; nextBeforeId: number | undefined };

/** Which messages count. `until` is excluded. */
export type MessageConditions = { since?: Date; until?: Date; keyword?: string };

/** A message of a person, without what it says. Whoever forwards something is its author, not who wrote it first. */
export type AuthoredMessage = { messageId: number; at: Date; authorId: TelegramId };

export type MessagesPage = {
  /** Those that count and have a person as sender. */
  authored: AuthoredMessage[];
  /** Those that count and were sent by channels, or by anonymous administrators as their group. */
  impersonal: number;
  /** Those that count and have a photo, a file or the like. */
  media: number;
  /** Those that somebody reacted to, where the account may list who. */
  reacted: { messageId: number; reactions: number }[];
  /** All of the page, whether they count or not. */
  read: number;
  /** The authors. */
  people: SeenPerson[];
  /** Where the messages live: needed to address their `min` authors. */
  chat: ChatRef;
  total: number;
  nextBeforeId: number | undefined;
};

/** People who reacted to one message. `nextOffset` is Telegram's own mark. */
export type ReactionsPage = {
  people: SeenPerson[];
  read: number;
  total: number;
  nextOffset: string | undefined;
};

export type Membership = 'member' | 'never' | 'left' | 'kicked';

/** A failed call, classified once. `error` is Telegram's own name without its number, e.g. `FLOOD_WAIT`. */
export type RpcFailure = {
  /** `session`: it could not be opened here, and Telegram was not asked. */
  kind: 'rpc' | 'session' | 'timeout' | 'disconnected' | 'unknown';
  error: string;
  /** The number carried by the error: seconds of a wait, data centre of a migration. */
  argument?: number;
};

export type Answer<T> = { ok: true; value: T } | { ok: false; failure: RpcFailure };

/** Why Telegram took the call and still added nobody (`missing_invitees`). */
export type MissingReason = 'privacy' | 'premium_would_allow' | 'premium_required_for_pm';

/** `standing`: the person was looked up in the community first, and there was nothing to invite them to. */
export type InviteOutcome =
  | { kind: 'joined' }
  | { kind: 'standing'; membership: Exclude<Membership, 'never'> }
  | { kind: 'missing'; why: MissingReason }
  | { kind: 'failed'; failure: RpcFailure };

/** What Telegram says of a frozen account: it may only read, and is deleted after `until` unless an appeal frees it. */
export type Freeze = { since: Date; until: Date | undefined; appealUrl: string | undefined };

export type UserSession = {
  resolveCommunity(reference: CommunityReference): Promise<Answer<CommunityFacts>>;
  /** Fresh facts and own rights of a community the account already knows. */
  readCommunity(chat: ChatRef): Promise<Answer<CommunityFacts>>;
  /** Public communities by words of their title or name, in one call; private messages and people are left out. */
  searchCommunities(words: string): Promise<Answer<ListedCommunity[]>>;
  /** Channels that Telegram recommends beside this one. */
  listSimilarChannels(channel: ChatRef): Promise<Answer<ListedCommunity[]>>;
  /** The communities the account is in, the latest first; at most 100 conversations a page. */
  listOwnCommunities(after: DialogsCursor | undefined): Promise<Answer<DialogsPage>>;
  resolveUsername(username: string): Promise<Answer<SeenPerson>>;
  /** `phone` in E.164 form. Whoever may not be found by their number is `PHONE_NOT_OCCUPIED`, as if nobody had it. */
  resolvePhone(phone: string): Promise<Answer<SeenPerson>>;
  /**
   * At most 200 people from `offset`, of those whose names begin with `search`; empty takes everybody. Telegram serves no
   * more than 10,000 of one query.
   */
  listMembers(chat: ChatRef, offset: number, search?: string): Promise<Answer<MembersPage>>;
  /** Newest first, at most 100 messages of a group older than `beforeId`; with conditions Telegram searches for them. */
  listMessages(
    chat: ChatRef,
    beforeId: number | undefined,
    conditions: MessageConditions,
  ): Promise<Answer<MessagesPage>>;
  /** At most 100 people who reacted to a message of a group. */
  listReactions(chat: ChatRef, messageId: number, offset: string | undefined): Promise<Answer<ReactionsPage>>;
  /** Newest first, at most `limit` (100 without) posts older than `beforeId`. */
  listPosts(channel: ChatRef, beforeId: number | undefined, limit?: number): Promise<Answer<PostsPage>>;
  /** The same of the comments under a post; `read` and `total` are of all, the conditions choose who counts. */
  listComments(
    channel: ChatRef,
    postId: number,
    beforeId: number | undefined,
    conditions: MessageConditions,
  ): Promise<Answer<MessagesPage>>;
  /** Exactly one call with exactly one person. */
  inviteOne(chat: ChatRef, person: PersonRef): Promise<InviteOutcome>;
  readMembership(chat: ChatRef, person: PersonRef): Promise<Answer<Membership>>;
  /** Undefined when the account is not frozen; works while it is. */
  readFreeze(): Promise<Answer<Freeze | undefined>>;
  /** What Telegram says of the account itself. */
  readProfile(): Promise<Answer<OwnProfile>>;
  /** Every session of the account, this one too. */
  listAuthorizations(): Promise<Answer<Authorization[]>>;
  /** Ends another session of the account. */
  endAuthorization(hash: string): Promise<Answer<true>>;
  /** Ends this session at Telegram; afterwards it is closed and never opens again. */
  logOut(): Promise<Answer<true>>;
  /** Closes the socket and everything behind it; later calls answer `disconnected`. */
  close(): Promise<void>;
};

export type CommunityReference =
  | { kind: 'username'; username: string }
  | { kind: 'invite_hash'; hash: string }
  | { kind: 'known_id'; telegramId: TelegramId };

export type SelfProfile = {
  telegramId: TelegramId;
  firstName: string;
  lastName?: string;
  username?: string;
  isPremium: boolean;
};

export type OwnProfile = SelfProfile & { hasPhoto: boolean };

/** A session of an account as Telegram lists it. `hash` names it, 0 for the one that asks. */
export type Authorization = {
  hash: string;
  isCurrent: boolean;
  device: string;
  app: string;
  country: string;
  createdAt: Date;
  activeAt: Date;
};

/** How a session ended by itself, reported once. */
export type SessionEnd = { because: 'signed_out' | 'broken'; error?: string };
