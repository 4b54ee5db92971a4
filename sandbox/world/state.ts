import type { Chat, ChatId, Message, User, UserId } from './types.ts';

export type LoginCode = {
  phone: string;
  hash: string;
  code: string;
  /** Real time, as Telegram's own: a person types it. */
  expiresAtMs: number;
  wrongTries: number;
  wasResent: boolean;
};

/** Everything there is. Only commands write it. */
export type WorldState = {
  users: Map<UserId, User>;
  chats: Map<ChatId, Chat>;
  /** By lower-cased username. */
  usernames: Map<string, { user: UserId } | { chat: ChatId }>;
  phones: Map<string, UserId>;
  botTokens: Map<string, UserId>;
  /** By both ids, the smaller first. */
  privateMessages: Map<string, Message[]>;
  /** Whom each account was given a full reference of. */
  met: Map<UserId, Set<UserId>>;
  /** Whom each user blocked. */
  blocks: Map<UserId, Set<UserId>>;
  /** Messages by sender and random_id, so that a resend is the same message. */
  sent: Map<string, Message>;
  /** Chat of each invite link's hash. */
  inviteLinks: Map<string, ChatId>;
  /** The last code of each phone. */
  loginCodes: Map<string, LoginCode>;
  /** When codes were asked for, in business time. */
  codeRequests: Map<string, Date[]>;
  nextUserId: number;
  nextChatId: number;
  /** Private conversations and basic groups count their messages together, supergroups and channels each alone. */
  nextMessageId: number;
};

export function createState(): WorldState {
  return {
    users: new Map(),
    chats: new Map(),
    usernames: new Map(),
    phones: new Map(),
    botTokens: new Map(),
    privateMessages: new Map(),
    met: new Map(),
    blocks: new Map(),
    sent: new Map(),
    inviteLinks: new Map(),
    loginCodes: new Map(),
    codeRequests: new Map(),
    nextUserId: 1_000_000_001,
    nextChatId: 2_000_000_001,
    nextMessageId: 1,
  };
}
