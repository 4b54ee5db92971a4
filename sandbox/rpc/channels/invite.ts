import { kickUser, unbanUser } from '#sandbox/world/commands/kick-user.ts';
import type { RpcDeps } from '../deps.ts';
import { flag, getObject, objects } from '../fields.ts';
import { inviteAll } from '../invited-users.ts';
import { chatChanged } from '../objects/updates-object.ts';
import { getChannelOf, getUserOf } from '../peers.ts';
import type { Serve } from '../serve.ts';

/** Bringing people into supergroups and channels, and out again. */
export function serveInvites(serve: Serve, { world }: RpcDeps): void {
  serve.account('channels.inviteToChannel', ({ request, account }) => {
    const chat = getChannelOf(world, account, getObject(request, 'channel'));
    return inviteAll(world, account, chat, objects(request, 'users'));
  });

  serve.account('channels.editBanned', ({ request, account }) => {
    const chat = getChannelOf(world, account, getObject(request, 'channel'));
    const user = getUserOf(world, account, getObject(request, 'participant'));
    const change = { chat: chat.id, user: user.id, by: account.id };
    if (flag(getObject(request, 'bannedRights'), 'viewMessages')) kickUser(world, change);
    else unbanUser(world, change);
    return chatChanged(world, account.id, chat);
  });
}
