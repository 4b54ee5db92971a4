import type { World } from '../create-world.ts';
import { indexOfMessage, listsOf } from '../messages.ts';
import { Refusal } from '../refusal.ts';
import type { Message } from '../types.ts';

/** Changes text, buttons or both; `keyboard: undefined` takes the buttons off. Throws Refusal MESSAGE_NOT_MODIFIED. */
export function editMessage(
  world: World,
  message: Message,
  change: { text?: string; keyboard?: Message['keyboard'] | undefined },
): Message {
  const text = change.text ?? message.text;
  const keyboard = 'keyboard' in change ? change.keyboard : message.keyboard;
  if (text === message.text && JSON.stringify(keyboard) === JSON.stringify(message.keyboard))
    throw new Refusal(400, 'MESSAGE_NOT_MODIFIED');
  message.text = text;
  if (keyboard) message.keyboard = keyboard;
  else delete message.keyboard;
  message.editedAt = world.clock.now();
  world.emit({ kind: 'message_edited', message });
  return message;
}

/** Deletes a message for everybody. Deleting it again does nothing. */
export function deleteMessage(world: World, message: Message): void {
  let wasThere = false;
  for (const messages of listsOf(world, message)) {
    const index = indexOfMessage(messages, message.id);
    if (messages[index]?.id !== message.id) continue;
    messages.splice(index, 1);
    wasThere = true;
  }
  if (wasThere)
    world.emit({
      kind: 'message_deleted',
      chat: message.chat,
      peer: message.peer,
      messageId: message.id,
    });
}
