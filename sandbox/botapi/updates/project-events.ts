import type { World } from '#sandbox/world/create-world.ts';
import { hasRight, isAdmin } from '#sandbox/world/membership.ts';
import { findMessage } from '#sandbox/world/messages.ts';
import type { Chat, Message, UserId, WorldEvent } from '#sandbox/world/types.ts';
import type { FileStore } from '../file-store.ts';
import {
  chatMemberView,
  chatView,
  inviteLinkView,
  messageView,
  privateChatView,
  unixSeconds,
  userView,
} from '../views.ts';
import type { UpdateKind } from './update.ts';

type Deps = {
  world: World;
  files: FileStore;
  push(bot: UserId, kind: UpdateKind, payload: object): void;
};

type EventOf<K extends WorldEvent['kind']> = Extract<WorldEvent, { kind: K }>;
type Membership = EventOf<'member_joined' | 'member_left' | 'member_kicked' | 'member_promoted'>;

/** Turns what happens into the updates Telegram would send each bot. */
export function createEventProjection({ world, files, push }: Deps): (event: WorldEvent) => void {
  return (event) => {
    switch (event.kind) {
      case 'message_sent':
        return projectMessage(event.message, false);
      case 'message_edited':
        return projectMessage(event.message, true);
      case 'member_joined':
      case 'member_left':
      case 'member_kicked':
      case 'member_promoted':
        return projectMembership(event);
      case 'join_requested':
        return projectJoinRequest(event);
      case 'bot_blocked':
      case 'bot_unblocked':
        return projectBlock(event);
    }
  };

  function projectMessage(message: Message, isEdit: boolean): void {
    const sender = 'user' in message.from ? message.from.user : undefined;
    const show = (bot: UserId, kind: UpdateKind) =>
      push(bot, kind, messageView({ world, files, botId: bot }, message));

    if (message.chat === undefined) {
      const recipient = message.peer;
      const isToBot = recipient !== undefined && world.findUser(recipient)?.bot !== undefined;
      if (isToBot && sender !== recipient) show(recipient, isEdit ? 'edited_message' : 'message');
      return;
    }
    const chat = world.getChat(message.chat);
    if (sender !== undefined && world.getUser(sender).bot) return;
    for (const bot of botsIn(chat)) {
      if (chat.kind === 'channel') {
        if (isAdmin(chat, bot)) show(bot, isEdit ? 'edited_channel_post' : 'channel_post');
      } else if (isForBot(chat, message, bot)) {
        show(bot, isEdit ? 'edited_message' : 'message');
      }
    }
  }

  /** Privacy mode: what is no command, reply or mention reaches administrators only (core.telegram.org/bots/features#privacy-mode). */
  function isForBot(chat: Chat, message: Message, bot: UserId): boolean {
    if (isAdmin(chat, bot)) return true;
    const { username } = world.getUser(bot);
    const addressee = /^\/\w+(?:@(\w+))?/.exec(message.text);
    if (addressee) return addressee[1] === undefined || isSameName(addressee[1], username);
    if (username && message.text.toLowerCase().includes(`@${username.toLowerCase()}`)) return true;
    const answered = message.replyTo === undefined ? undefined : findMessage(chat.messages, message.replyTo);
    return answered !== undefined && 'user' in answered.from && answered.from.user === bot;
  }

  function projectMembership(event: Membership): void {
    const chat = world.getChat(event.chat);
    const by = 'by' in event ? event.by : undefined;
    const link = 'link' in event && event.link !== undefined ? chat.inviteLinks.get(event.link) : undefined;
    const payload = {
      chat: chatView(chat),
      from: userView(world.getUser(by ?? event.user)),
      date: unixSeconds(world.clock.now()),
      // The world tells what became, not what was: somebody who joins is taken to have been outside.
      old_chat_member: {
        user: userView(world.getUser(event.user)),
        status: event.kind === 'member_joined' ? 'left' : 'member',
      },
      new_chat_member: chatMemberView(world, chat, event.user),
      invite_link: link && inviteLinkView(world, chat, link),
      via_join_request: link?.needsApproval || undefined,
    };
    if (world.getUser(event.user).bot) push(event.user, 'my_chat_member', payload);
    for (const bot of botsIn(chat)) {
      if (bot !== event.user && isAdmin(chat, bot)) push(bot, 'chat_member', payload);
    }
  }

  function projectJoinRequest(event: EventOf<'join_requested'>): void {
    const chat = world.getChat(event.chat);
    const link = event.link === undefined ? undefined : chat.inviteLinks.get(event.link);
    const payload = {
      chat: chatView(chat),
      from: userView(world.getUser(event.user)),
      user_chat_id: Number(event.user),
      date: unixSeconds(chat.joinRequests.get(event.user)?.at ?? world.clock.now()),
      invite_link: link && inviteLinkView(world, chat, link),
    };
    for (const bot of botsIn(chat)) {
      if (hasRight(chat, bot, 'inviteUsers')) push(bot, 'chat_join_request', payload);
    }
  }

  function projectBlock(event: EventOf<'bot_blocked' | 'bot_unblocked'>): void {
    const user = world.getUser(event.user);
    const bot = userView(world.getUser(event.bot));
    const isBlocked = event.kind === 'bot_blocked';
    const outside = { user: bot, status: 'kicked', until_date: 0 };
    const inside = { user: bot, status: 'member' };
    push(event.bot, 'my_chat_member', {
      chat: privateChatView(user),
      from: userView(user),
      date: unixSeconds(world.clock.now()),
      old_chat_member: isBlocked ? inside : outside,
      new_chat_member: isBlocked ? outside : inside,
    });
  }

  function botsIn(chat: Chat): UserId[] {
    return [...world.state.botTokens.values()].filter((bot) => chat.members.has(bot));
  }
}

function isSameName(name: string, username: string | undefined): boolean {
  return name.toLowerCase() === username?.toLowerCase();
}
