import type { World } from '../create-world.ts';
import { addMember } from '../membership.ts';
import type { AdminRights, Chat, ChatId, ChatKind, UserId } from '../types.ts';

export type NewChat = {
  id?: ChatId;
  kind: ChatKind;
  title: string;
  about?: string;
  username?: string;
  createdAt?: Date;
  membersHidden?: boolean;
  creator?: UserId;
  /** They become members too; rights not named are withheld. */
  admins?: { user: UserId; rights: Partial<AdminRights> }[];
  members?: Iterable<UserId>;
};

/** Adds a chat with its people, all joined at its creation. Emits nothing. Throws when a name is taken. */
export function addChat(world: World, { id, admins = [], members = [], creator, ...fields }: NewChat): Chat {
  const { state } = world;
  const joinedAt = fields.createdAt ?? world.clock.now();
  const chat: Chat = {
    ...fields,
    ...(creator === undefined ? {} : { creator }),
    id: id ?? String(state.nextChatId++),
    createdAt: joinedAt,
    members: new Map(),
    memberIds: [],
    admins: new Map(),
    left: new Set(),
    kicked: new Set(),
    messages: [],
    nextMessageId: 1,
    threads: new Map(),
    postCopies: new Map(),
    inviteLinks: new Map(),
    joinRequests: new Map(),
  };
  const name = chat.username?.toLowerCase();
  if (state.chats.has(chat.id)) throw new Error(`chat ${chat.id} exists already`);
  if (name !== undefined && state.usernames.has(name)) throw new Error(`@${name} is taken`);
  state.chats.set(chat.id, chat);
  if (name !== undefined) state.usernames.set(name, { chat: chat.id });

  if (creator !== undefined) {
    addMember(chat, creator, { joinedAt });
    chat.admins.set(creator, { inviteUsers: true, banUsers: true, postMessages: true });
  }
  for (const { user, rights } of admins) {
    addMember(chat, user, { joinedAt });
    chat.admins.set(user, { inviteUsers: false, banUsers: false, postMessages: false, ...rights });
  }
  for (const user of members) addMember(chat, user, { joinedAt });
  return chat;
}
