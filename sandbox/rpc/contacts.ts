import { RpcError } from '#sandbox/mtproto/rpc-error.ts';
import { meetUsers } from '#sandbox/world/commands/meet-users.ts';
import type { Chat, User } from '#sandbox/world/types.ts';
import type { RpcDeps } from './deps.ts';
import { int, text } from './fields.ts';
import { chatObject, chatPeer } from './objects/chat-object.ts';
import { userObject } from './objects/user-object.ts';
import type { Serve } from './serve.ts';

const mostFound = 50;

export function serveContacts(serve: Serve, { world }: RpcDeps): void {
  const resolved = (viewer: User, user: User) => {
    meetUsers(world, { viewer: viewer.id, users: [user.id] });
    return {
      _: 'contacts.resolvedPeer',
      peer: userPeer(user),
      chats: [],
      users: [userObject(world, viewer.id, user)],
    };
  };

  serve.account('contacts.resolveUsername', ({ request, account }) => {
    const username = text(request, 'username');
    if (!/^\w{4,32}$/.test(username)) throw new RpcError(400, 'USERNAME_INVALID');
    const holder = world.findByUsername(username);
    if (!holder) throw new RpcError(400, 'USERNAME_NOT_OCCUPIED');
    if ('user' in holder) return resolved(account, holder.user);
    return {
      _: 'contacts.resolvedPeer',
      peer: chatPeer(holder.chat),
      chats: [chatObject(world, account.id, holder.chat)],
      users: [],
    };
  });

  serve.account('contacts.resolvePhone', ({ request, account }) => {
    const user = world.findUserByPhone(text(request, 'phone'));
    if (!user || user.isHiddenByPhone) throw new RpcError(400, 'PHONE_NOT_OCCUPIED');
    return resolved(account, user);
  });

  serve.account('contacts.search', ({ request, account }) => {
    const words = text(request, 'q').replace(/^@/, '').trim().toLowerCase();
    if (words.length < 3) throw new RpcError(400, 'QUERY_TOO_SHORT');
    const most = Math.min(int(request, 'limit') || mostFound, mostFound);
    const matches = (...names: (string | undefined)[]) =>
      names.some((name) => name?.toLowerCase().includes(words));
    const chats = take(
      world.listChats(),
      most,
      (chat) => isPublic(chat) && matches(chat.title, chat.username),
    );
    const users = take(
      world.listUsers(),
      most - chats.length,
      (user) => user.username !== undefined && matches(user.firstName, user.lastName, user.username),
    );
    meetUsers(world, { viewer: account.id, users: users.map((user) => user.id) });
    return {
      _: 'contacts.found',
      myResults: [],
      results: [...chats.map(chatPeer), ...users.map(userPeer)],
      chats: chats.map((chat) => chatObject(world, account.id, chat)),
      users: users.map((user) => userObject(world, account.id, user)),
    };
  });
}

function userPeer(user: User) {
  return { _: 'peerUser', userId: BigInt(user.id) };
}

function isPublic(chat: Chat): boolean {
  return chat.kind !== 'group' && chat.username !== undefined;
}

function take<T>(items: Iterable<T>, most: number, isWanted: (item: T) => boolean): T[] {
  const taken: T[] = [];
  for (const item of items) {
    if (taken.length >= most) break;
    if (isWanted(item)) taken.push(item);
  }
  return taken;
}
