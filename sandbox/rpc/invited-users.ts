import { RpcError } from '#sandbox/mtproto/rpc-error.ts';
import type { TlObject } from '#sandbox/tl/object.ts';
import { inviteUser } from '#sandbox/world/commands/invite-user.ts';
import type { World } from '#sandbox/world/create-world.ts';
import { assertMayInvite, decideInvite } from '#sandbox/world/invite-rules.ts';
import type { Chat, User } from '#sandbox/world/types.ts';
import { chatChanged } from './objects/updates-object.ts';
import { userObject } from './objects/user-object.ts';
import { getUserOf } from './peers.ts';

/**
 * Adds users to a chat and answers messages.invitedUsers: the users of its updates are exactly those added.
 * One user who is refused with an error refuses the call before anybody is added.
 */
export function inviteAll(world: World, account: User, chat: Chat, inputs: TlObject[]): TlObject {
  assertMayInvite(chat, account);
  if (inputs.length === 0) throw new RpcError(400, 'USERS_TOO_FEW');
  const users = [...new Set(inputs.map((input) => getUserOf(world, account, input)))];
  for (const user of users) decideInvite(chat, account, user);

  const added: User[] = [];
  const missing: TlObject[] = [];
  for (const user of users) {
    const outcome = inviteUser(world, { chat: chat.id, user: user.id, by: account.id });
    if (outcome.kind === 'added') added.push(user);
    if (outcome.kind === 'missing')
      missing.push({
        _: 'missingInvitee',
        userId: BigInt(user.id),
        premiumWouldAllowInvite: outcome.premiumWouldAllowInvite,
      });
  }
  const addedObjects = added.map((user) =>
    userObject(world, account.id, user, { isMin: !world.hasMet(account.id, user.id) }),
  );
  return {
    _: 'messages.invitedUsers',
    updates: chatChanged(world, account.id, chat, addedObjects),
    missingInvitees: missing,
  };
}
