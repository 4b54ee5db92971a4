import type { World } from '../create-world.ts';
import { decideInvite, type InviteOutcome } from '../invite-rules.ts';
import { addMember } from '../membership.ts';
import type { ChatId, UserId } from '../types.ts';

/** One user adds another, by the rules of `decideInvite`. Throws its Refusals; changes nothing then. */
export function inviteUser(
  world: World,
  { chat: id, user, by }: { chat: ChatId; user: UserId; by: UserId },
): InviteOutcome {
  const chat = world.getChat(id);
  const outcome = decideInvite(chat, world.getUser(by), world.getUser(user));
  if (outcome.kind === 'added') {
    addMember(chat, user, { joinedAt: world.clock.now(), invitedBy: by });
    world.emit({ kind: 'member_joined', chat: id, user, by });
  }
  return outcome;
}
