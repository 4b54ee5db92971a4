import type { TlObject } from '#sandbox/tl/object.ts';
import { standingOf } from '#sandbox/world/membership.ts';
import type { Chat, UserId } from '#sandbox/world/types.ts';
import { adminRightsObject } from './chat-object.ts';
import { seconds } from './time.ts';

const everyRight = { inviteUsers: true, banUsers: true, postMessages: true };

/** How a user stands towards a supergroup or channel; undefined for a stranger. */
export function participantObject(chat: Chat, viewer: UserId, user: UserId): TlObject | undefined {
  const userId = BigInt(user);
  const member = chat.members.get(user);
  const date = seconds(member?.joinedAt ?? chat.createdAt);
  const inviterId = BigInt(member?.invitedBy ?? chat.creator ?? user);
  switch (standingOf(chat, user)) {
    case 'creator':
      return { _: 'channelParticipantCreator', userId, adminRights: adminRightsObject(everyRight) };
    case 'admin':
      return {
        _: 'channelParticipantAdmin',
        userId,
        self: user === viewer,
        inviterId: user === viewer ? inviterId : undefined,
        promotedBy: BigInt(chat.creator ?? user),
        date,
        adminRights: adminRightsObject(chat.admins.get(user) ?? everyRight),
      };
    case 'member':
      return user === viewer
        ? { _: 'channelParticipantSelf', userId, inviterId, date }
        : { _: 'channelParticipant', userId, date };
    case 'left':
      return { _: 'channelParticipantLeft', peer: { _: 'peerUser', userId } };
    case 'kicked':
      return {
        _: 'channelParticipantBanned',
        left: true,
        peer: { _: 'peerUser', userId },
        kickedBy: BigInt(chat.creator ?? 0),
        date,
        bannedRights: { _: 'chatBannedRights', viewMessages: true, sendMessages: true, untilDate: 0 },
      };
    case 'stranger':
      return undefined;
  }
}
