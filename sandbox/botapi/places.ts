import type { World } from '#sandbox/world/create-world.ts';
import { isAdmin } from '#sandbox/world/membership.ts';
import type { Chat, User } from '#sandbox/world/types.ts';
import { badRequest, forbidden } from './bot-api-error.ts';
import type { BotUser } from './method.ts';

/** Where a bot acts: a person's private chat, or a chat. */
export type Place = { user: User } | { chat: Chat };

/** Supergroups and channels are numbered below this (core.telegram.org/api/bots/ids). */
const SUPERGROUP_OFFSET = 1_000_000_000_000n;

/** The chat's id as the Bot API writes it: -100… for supergroups and channels, negative for basic groups. */
export function botApiChatId(chat: Chat): number {
  return Number(chat.kind === 'group' ? -BigInt(chat.id) : -SUPERGROUP_OFFSET - BigInt(chat.id));
}

export function botApiPlaceId(place: Place): number {
  return 'user' in place ? Number(place.user.id) : botApiChatId(place.chat);
}

/** The place a bot names by id or @username, if the bot may know it; "chat not found" otherwise. */
export function getPlace(world: World, bot: BotUser, reference: string): Place {
  const place = findPlace(world, bot, reference.trim());
  if (!place) throw badRequest('chat not found');
  return place;
}

function findPlace(world: World, bot: BotUser, reference: string): Place | undefined {
  if (reference.startsWith('@')) {
    const holder = world.findByUsername(reference);
    return holder && 'chat' in holder ? holder : undefined;
  }
  if (!/^-?\d{1,19}$/.test(reference)) return undefined;
  const id = BigInt(reference);
  if (id > 0n) {
    const user = world.findUser(String(id));
    return user && hasSeenUser(world, bot, user) ? { user } : undefined;
  }
  const isSupergroup = id <= -SUPERGROUP_OFFSET;
  const chat = world.findChat(String(isSupergroup ? -id - SUPERGROUP_OFFSET : -id));
  if (!chat || isSupergroup !== (chat.kind !== 'group')) return undefined;
  const hasSeen = chat.members.has(bot.id) || chat.left.has(bot.id) || chat.kicked.has(bot.id);
  return hasSeen ? { chat } : undefined;
}

/** Bots know whom they talked to, whom they share a chat with, and who asked to join theirs. */
export function hasSeenUser(world: World, bot: BotUser, user: User): boolean {
  if (user.id === bot.id || world.privateMessages(bot.id, user.id).length > 0) return true;
  for (const chat of world.listChats()) {
    if (!chat.members.has(bot.id)) continue;
    if (chat.members.has(user.id) || chat.joinRequests.has(user.id)) return true;
  }
  return false;
}

/** Refuses when the bot may not write there; the rest is left to the world's own rules. */
export function assertMayWrite(place: Place, bot: BotUser): void {
  if ('user' in place) {
    if (place.user.bot) throw forbidden("bot can't send messages to bots");
    return;
  }
  assertIsMember(place.chat, bot);
  if (place.chat.kind === 'channel' && !isAdmin(place.chat, bot.id)) {
    throw badRequest('need administrator rights in the channel chat');
  }
}

/** Refuses a bot that was kicked or is not inside. */
export function assertIsMember(chat: Chat, bot: BotUser): void {
  if (chat.members.has(bot.id)) return;
  if (chat.kicked.has(bot.id)) throw forbidden(`bot was kicked from the ${chat.kind} chat`);
  throw forbidden(`bot is not a member of the ${chat.kind} chat`);
}

/** A group, supergroup or channel the bot is in. */
export function getChatOf(world: World, bot: BotUser, reference: string): Chat {
  const place = getPlace(world, bot, reference);
  if ('user' in place) throw badRequest('method is available only for supergroups and channels');
  assertIsMember(place.chat, bot);
  return place.chat;
}
