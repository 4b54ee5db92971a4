import type { World } from '../create-world.ts';
import { conversationOf } from '../messages.ts';
import type { Message, UserId } from '../types.ts';

/** A user lets a bot write to them without starting it (a Mini App asked); Telegram notes it in their conversation. */
export function allowWriting(world: World, { user, bot }: { user: UserId; bot: UserId }): Message {
  const note: Message = {
    id: world.state.nextMessageId++,
    from: { user },
    chat: undefined,
    peer: bot,
    text: '',
    at: world.clock.now(),
    service: 'write_access_allowed',
  };
  conversationOf(world, user, bot).push(note);
  world.emit({ kind: 'message_sent', message: note });
  return note;
}
