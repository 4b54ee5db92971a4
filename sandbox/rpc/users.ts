import { meetUsers } from '#sandbox/world/commands/meet-users.ts';
import type { RpcDeps } from './deps.ts';
import { getObject, objects } from './fields.ts';
import { userObject } from './objects/user-object.ts';
import { getUserOf } from './peers.ts';
import type { Serve } from './serve.ts';

export function serveUsers(serve: Serve, { world }: RpcDeps): void {
  serve.account('users.getUsers', ({ request, account }) => {
    const users = objects(request, 'id').map((input) => getUserOf(world, account, input));
    meetUsers(world, { viewer: account.id, users: users.map((user) => user.id) });
    return users.map((user) => userObject(world, account.id, user));
  });

  serve.account('users.getFullUser', ({ request, account }) => {
    const user = getUserOf(world, account, getObject(request, 'id'));
    meetUsers(world, { viewer: account.id, users: [user.id] });
    return {
      _: 'users.userFull',
      fullUser: {
        _: 'userFull',
        id: BigInt(user.id),
        blocked: world.hasBlocked(account.id, user.id),
        settings: { _: 'peerSettings' },
        notifySettings: { _: 'peerNotifySettings' },
        commonChatsCount: 0,
      },
      chats: [],
      users: [userObject(world, account.id, user)],
    };
  });
}
