import { RpcError } from '#sandbox/mtproto/rpc-error.ts';
import type { TlObject } from '#sandbox/tl/object.ts';
import {
  answerJoinRequest,
  createInviteLink,
  joinByLink,
  openInviteLink,
} from '#sandbox/world/commands/invite-links.ts';
import { meetUsers } from '#sandbox/world/commands/meet-users.ts';
import { hasRight } from '#sandbox/world/membership.ts';
import type { Chat, InviteLink, User } from '#sandbox/world/types.ts';
import type { RpcDeps } from '../deps.ts';
import { flag, getObject, int, text } from '../fields.ts';
import { chatObject } from '../objects/chat-object.ts';
import { seconds } from '../objects/time.ts';
import { chatChanged, joinResult } from '../objects/updates-object.ts';
import { userObject } from '../objects/user-object.ts';
import { getChatPeer, getUserOf } from '../peers.ts';
import type { AccountCall, Serve } from '../serve.ts';

/** Invite links and join requests (core.telegram.org/api/invites). */
export function serveInviteLinks(serve: Serve, { world }: RpcDeps): void {
  const chatOf = ({ request, account }: AccountCall) =>
    getChatPeer(world, account, getObject(request, 'peer')).chat;

  serve.account('messages.exportChatInvite', (call) => {
    const { request, account } = call;
    const name = text(request, 'title');
    const expireDate = int(request, 'expireDate');
    const memberLimit = int(request, 'usageLimit');
    const link = createInviteLink(world, {
      chat: chatOf(call).id,
      by: account.id,
      needsApproval: flag(request, 'requestNeeded'),
      ...(name === '' ? {} : { name }),
      ...(expireDate === 0 ? {} : { expiresAt: new Date(expireDate * 1000) }),
      ...(memberLimit === 0 ? {} : { memberLimit }),
    });
    return inviteLinkObject(link);
  });

  serve.account('messages.checkChatInvite', ({ request, account }) => {
    const { chat, link } = openInviteLink(world, text(request, 'hash'));
    if (chat.members.has(account.id))
      return { _: 'chatInviteAlready', chat: chatObject(world, account.id, chat) };
    return {
      _: 'chatInvite',
      channel: chat.kind !== 'group',
      broadcast: chat.kind === 'channel',
      megagroup: chat.kind === 'supergroup',
      public: chat.username !== undefined,
      requestNeeded: link.needsApproval,
      title: chat.title,
      about: chat.about,
      photo: { _: 'photoEmpty', id: 0n },
      participantsCount: chat.members.size,
      color: 0,
    };
  });

  serve.account('messages.importChatInvite', ({ ctx, request, account }) => {
    const hash = text(request, 'hash');
    const { chat } = openInviteLink(world, hash);
    if (joinByLink(world, { hash, user: account.id }) === 'requested')
      throw new RpcError(400, 'INVITE_REQUEST_SENT');
    return joinResult(ctx, chatChanged(world, account.id, chat));
  });

  serve.account('messages.getChatInviteImporters', (call) => {
    const { request, account } = call;
    const chat = chatOf(call);
    if (!hasRight(chat, account.id, 'inviteUsers')) throw new RpcError(400, 'CHAT_ADMIN_REQUIRED');
    const isRequested = flag(request, 'requested');
    const importers = isRequested ? applicants(chat) : joiners(chat, text(request, 'link'));
    const page = importers.slice(0, int(request, 'limit') || 100);
    meetUsers(world, { viewer: account.id, users: page.map(({ user }) => user) });
    return {
      _: 'messages.chatInviteImporters',
      count: importers.length,
      importers: page.map(({ user, at }) => ({
        _: 'chatInviteImporter',
        requested: isRequested,
        userId: BigInt(user),
        date: seconds(at),
      })),
      users: page.map(({ user }) => userObject(world, account.id, world.getUser(user))),
    };
  });

  serve.account('messages.hideChatJoinRequest', (call) => {
    const { request, account } = call;
    const chat = chatOf(call);
    const user: User = getUserOf(world, account, getObject(request, 'userId'));
    answerJoinRequest(world, {
      chat: chat.id,
      user: user.id,
      approved: flag(request, 'approved'),
      by: account.id,
    });
    return chatChanged(world, account.id, chat);
  });
}

function inviteLinkObject(link: InviteLink): TlObject {
  return {
    _: 'chatInviteExported',
    link: `https://t.me/+${link.hash}`,
    adminId: BigInt(link.createdBy),
    date: seconds(link.createdAt),
    requestNeeded: link.needsApproval,
    revoked: link.revoked === true,
    expireDate: link.expiresAt && seconds(link.expiresAt),
    usageLimit: link.memberLimit,
    usage: link.joined.size,
    title: link.name,
  };
}

type Importer = { user: string; at: Date };

function applicants(chat: Chat): Importer[] {
  return [...chat.joinRequests].map(([user, { at }]) => ({ user, at }));
}

/** Those who came by one link, or by any when none is named; the newest first. */
function joiners(chat: Chat, link: string): Importer[] {
  const hash = link.replace(/^.*[/+]/, '');
  return [...chat.inviteLinks.values()]
    .filter((known) => hash === '' || known.hash === hash)
    .flatMap((known) => [...known.joined].map(([user, at]) => ({ user, at })))
    .sort((a, b) => b.at.getTime() - a.at.getTime());
}
