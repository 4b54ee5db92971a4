import { type AccessHash, createAccessHash } from './access-hash.ts';
import type { WorldClock } from './clock.ts';
import { createRandom, type Random } from './random.ts';
import { createState, type WorldState } from './state.ts';
import type { Chat, ChatId, Message, User, UserId, WorldEvent } from './types.ts';

/** A pressed inline button, on its way to the bot that made it. */
export type ButtonPress = { bot: UserId; user: UserId; message: Message; data: string };
export type ButtonAnswer = { text?: string; alert?: boolean; url?: string };

/**
 * One offline Telegram. Reads are here; every change is a command of `commands/`, which states its rule, writes
 * `state` and emits what happened. Nothing else writes `state`.
 */
export type World = {
  readonly seed: string;
  readonly clock: WorldClock;
  readonly random: Random;
  readonly state: WorldState;
  readonly accessHash: AccessHash;

  findUser(id: UserId): User | undefined;
  /** Throws when there is no such user. */
  getUser(id: UserId): User;
  findUserByPhone(phone: string): User | undefined;
  findUserByUsername(username: string): User | undefined;
  findBotByToken(token: string): User | undefined;
  listUsers(): Iterable<User>;

  findChat(id: ChatId): Chat | undefined;
  /** Throws when there is no such chat. */
  getChat(id: ChatId): Chat;
  listChats(): Iterable<Chat>;
  /** Whoever holds a username now; a leading `@` and letter case do not matter. */
  findByUsername(username: string): { user: User } | { chat: Chat } | undefined;
  findChatByInviteHash(hash: string): Chat | undefined;

  /** The conversation of two users, oldest first. */
  privateMessages(a: UserId, b: UserId): readonly Message[];
  hasBlocked(user: UserId, other: UserId): boolean;
  /** Whether the viewer was given a full reference of this user; strangers come as `min`. */
  hasMet(viewer: UserId, user: UserId): boolean;
  /** The code last sent to a phone, while it is valid. */
  loginCode(phone: string): string | undefined;

  /** Hands a pressed button to the bot's side; undefined when no bot answers. */
  pressButton(press: ButtonPress): Promise<ButtonAnswer | undefined>;
  /** Sets who answers buttons: the Bot API's side. */
  onButton(handler: (press: ButtonPress) => Promise<ButtonAnswer | undefined>): void;

  /** Empties the world; it then gives the same ids and hashes again. Listeners stay. */
  reset(): void;
  /** Listens to everything that happens; returns how to stop. */
  on(listener: (event: WorldEvent) => void): () => void;
  /** For commands. A listener that throws makes its command throw, after the change. */
  emit(event: WorldEvent): void;
};

/** An empty world. The same seed and the same commands give the same ids, hashes and codes. */
export function createWorld({ seed, clock }: { seed: string | number; clock: WorldClock }): World {
  const state = createState();
  const seedRandom = () => createRandom(`world:${seed}`);
  let random = seedRandom();
  const listeners = new Set<(event: WorldEvent) => void>();
  let answerButton: ((press: ButtonPress) => Promise<ButtonAnswer | undefined>) | undefined;

  const findUser = (id: UserId | undefined) => (id === undefined ? undefined : state.users.get(id));
  const findChat = (id: ChatId | undefined) => (id === undefined ? undefined : state.chats.get(id));
  const getUser = (id: UserId) => findUser(id) ?? missing(`user ${id}`);
  const getChat = (id: ChatId) => findChat(id) ?? missing(`chat ${id}`);
  const findByUsername: World['findByUsername'] = (username) => {
    const holder = state.usernames.get(username.replace(/^@/, '').toLowerCase());
    if (!holder) return undefined;
    if ('chat' in holder) return { chat: getChat(holder.chat) };
    return { user: getUser(holder.user) };
  };

  return {
    seed: String(seed),
    clock,
    get random() {
      return random;
    },
    state,
    accessHash: createAccessHash(String(seed)),

    findUser,
    getUser,
    findUserByPhone: (phone) => findUser(state.phones.get(phone.replace(/\D/g, ''))),
    findUserByUsername(username) {
      const holder = findByUsername(username);
      return holder && 'user' in holder ? holder.user : undefined;
    },
    findBotByToken: (token) => findUser(state.botTokens.get(token)),
    listUsers: () => state.users.values(),

    findChat,
    getChat,
    listChats: () => state.chats.values(),
    findByUsername,
    findChatByInviteHash: (hash) => findChat(state.inviteLinks.get(hash)),

    privateMessages: (a, b) => state.privateMessages.get(pairKey(a, b)) ?? [],
    hasBlocked: (user, other) => state.blocks.get(user)?.has(other) ?? false,
    hasMet: (viewer, user) => viewer === user || (state.met.get(viewer)?.has(user) ?? false),
    loginCode(phone) {
      const issued = state.loginCodes.get(phone.replace(/\D/g, ''));
      return issued && issued.expiresAtMs > Date.now() ? issued.code : undefined;
    },

    pressButton: async (press) => answerButton?.(press),
    onButton(handler) {
      answerButton = handler;
    },

    reset() {
      Object.assign(state, createState());
      random = seedRandom();
    },
    on(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    emit(event) {
      for (const listener of listeners) listener(event);
    },
  };
}

/** The key of a conversation, the same from both sides. */
export function pairKey(a: UserId, b: UserId): string {
  return BigInt(a) < BigInt(b) ? `${a}:${b}` : `${b}:${a}`;
}

function missing(what: string): never {
  throw new Error(`the world has no ${what}`);
}
