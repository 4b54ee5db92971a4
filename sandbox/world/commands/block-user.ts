import type { World } from '../create-world.ts';
import type { UserId } from '../types.ts';

type Block = { user: UserId; blocked: UserId };

/** A user blocks another or a bot: no message from them arrives any more. */
export function blockUser(world: World, { user, blocked }: Block): void {
  const blocks = world.state.blocks.get(user) ?? new Set();
  world.state.blocks.set(user, blocks);
  if (blocks.has(blocked)) return;
  blocks.add(blocked);
  if (world.getUser(blocked).bot) world.emit({ kind: 'bot_blocked', bot: blocked, user });
}

/** Takes the block back. */
export function unblockUser(world: World, { user, blocked }: Block): void {
  if (!world.state.blocks.get(user)?.delete(blocked)) return;
  if (world.getUser(blocked).bot) world.emit({ kind: 'bot_unblocked', bot: blocked, user });
}
