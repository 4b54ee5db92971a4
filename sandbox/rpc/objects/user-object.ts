import type { TlObject } from '#sandbox/tl/object.ts';
import type { World } from '#sandbox/world/create-world.ts';
import type { LastSeen, User, UserId } from '#sandbox/world/types.ts';
import { seconds } from './time.ts';

/**
 * A user as `viewer` sees them. `isMin` is the poor form that message authors come in: its access hash opens
 * nothing (core.telegram.org/api/min). The phone is for its owner alone.
 */
export function userObject(
  world: World,
  viewer: UserId,
  user: User,
  { isMin = false }: { isMin?: boolean } = {},
): TlObject {
  const isSelf = user.id === viewer;
  const min = isMin && !isSelf;
  return {
    _: 'user',
    id: BigInt(user.id),
    accessHash: world.accessHash(viewer, min ? `min:${user.id}` : `user:${user.id}`),
    self: isSelf,
    min,
    deleted: user.deleted === true,
    bot: user.bot !== undefined,
    botInfoVersion: user.bot ? 1 : undefined,
    premium: user.premium === true,
    scam: user.scam === true,
    fake: user.fake === true,
    firstName: user.deleted ? undefined : user.firstName,
    lastName: user.deleted ? undefined : user.lastName,
    username: user.username,
    phone: isSelf ? user.phone : undefined,
    photo: user.photo
      ? { _: 'userProfilePhoto', photoId: BigInt(user.id), dcId: user.dcId }
      : { _: 'userProfilePhotoEmpty' },
    status: statusObject(world, user),
    langCode: isSelf ? user.languageCode : undefined,
  };
}

function statusObject(world: World, { bot, deleted, lastSeen }: User): TlObject | undefined {
  return bot || deleted ? undefined : lastSeenObject(lastSeen, world.clock.now());
}

function lastSeenObject(lastSeen: LastSeen, now: Date): TlObject {
  switch (lastSeen.kind) {
    case 'online':
      return lastSeen.until > now
        ? { _: 'userStatusOnline', expires: seconds(lastSeen.until) }
        : { _: 'userStatusOffline', wasOnline: seconds(lastSeen.until) };
    case 'offline':
      return { _: 'userStatusOffline', wasOnline: seconds(lastSeen.at) };
    case 'recently':
      return { _: 'userStatusRecently' };
    case 'lastWeek':
      return { _: 'userStatusLastWeek' };
    case 'lastMonth':
      return { _: 'userStatusLastMonth' };
    case 'longAgo':
      return { _: 'userStatusEmpty' };
  }
}
