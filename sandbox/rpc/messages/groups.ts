import { kickUser } from '#sandbox/world/commands/kick-user.ts';
import { leaveChat } from '#sandbox/world/commands/leave-chat.ts';
import { meetUsers } from '#sandbox/world/commands/meet-users.ts';
import type { RpcDeps } from '../deps.ts';
import { getObject, long, longs } from '../fields.ts';
import { inviteAll } from '../invited-users.ts';
import { chatFullObject, chatObject } from '../objects/chat-object.ts';
import { chatChanged } from '../objects/updates-object.ts';
import { userObject } from '../objects/user-object.ts';
import { getGroupOf, getUserOf } from '../peers.ts';
import type { Serve } from '../serve.ts';

/** Basic groups. Their members all see each other. */
export function serveGroups(serve: Serve, { world }: RpcDeps): void {
  serve.account('messages.getChats', ({ request, account }) => ({
    _: 'messages.chats',
    chats: longs(request, 'id').map((id) => chatObject(world, account.id, getGroupOf(world, account, id))),
  }));

  serve.account('messages.getFullChat', ({ request, account }) => {
    const chat = getGroupOf(world, account, long(request, 'chatId'));
    meetUsers(world, { viewer: account.id, users: chat.memberIds });
    return {
      _: 'messages.chatFull',
      fullChat: chatFullObject(chat),
      chats: [chatObject(world, account.id, chat)],
      users: chat.memberIds.map((id) => userObject(world, account.id, world.getUser(id))),
    };
  });

  serve.account('messages.addChatUser', ({ request, account }) => {
    const chat = getGroupOf(world, account, long(request, 'chatId'));
    return inviteAll(world, account, chat, [getObject(request, 'userId')]);
  });

  serve.account('messages.deleteChatUser', ({ request, account }) => {
    const chat = getGroupOf(world, account, long(request, 'chatId'));
    const user = getUserOf(world, account, getObject(request, 'userId'));
    if (user.id === account.id) leaveChat(world, { chat: chat.id, user: user.id });
    else kickUser(world, { chat: chat.id, user: user.id, by: account.id });
    return chatChanged(world, account.id, chat);
  });
}
