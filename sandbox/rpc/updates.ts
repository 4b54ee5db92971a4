import type { RpcDeps } from './deps.ts';
import { getObject } from './fields.ts';
import { seconds } from './objects/time.ts';
import { getChannelOf } from './peers.ts';
import type { Serve } from './serve.ts';

/** Differences are always empty: a client that was away reads the history, as GramJS must anyway. */
export function serveUpdates(serve: Serve, { world }: RpcDeps): void {
  const now = () => seconds(world.clock.now());

  serve.account('updates.getState', () => ({
    _: 'updates.state',
    pts: world.state.nextMessageId,
    qts: 0,
    date: now(),
    seq: 1,
    unreadCount: 0,
  }));

  serve.account('updates.getDifference', () => ({ _: 'updates.differenceEmpty', date: now(), seq: 1 }));

  serve.account('updates.getChannelDifference', ({ account, request }) => {
    const chat = getChannelOf(world, account, getObject(request, 'channel'));
    return { _: 'updates.channelDifferenceEmpty', final: true, pts: chat.nextMessageId, timeout: 30 };
  });
}
