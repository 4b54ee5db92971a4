import { isDeepStrictEqual } from 'node:util';
import type { World } from '../create-world.ts';
import { indexOfMessage, listsOf } from '../messages.ts';
import { Refusal } from '../refusal.ts';
import type { Message } from '../types.ts';

/**
 * Changes text, buttons or both; a new text has the formatting given with it, none otherwise, and
 * `keyboard: undefined` takes the buttons off. Throws Refusal MESSAGE_NOT_MODIFIED.
 */
export function editMessage(
  world: World,
  message: Message,
  change: { text?: string; entities?: Message['entities']; keyboard?: Message['keyboard'] | undefined },
): Message {
  const text = change.text ?? message.text;
  const entities = (change.text === undefined ? message.entities : change.entities) ?? [];
  const keyboard = 'keyboard' in change ? change.keyboard : message.keyboard;
  const isSame =
    text === message.text &&
    isDeepStrictEqual(entities, message.entities ?? []) &&
    isDeepStrictEqual(keyboard, message.keyboard);
  if (isSame) throw new Refusal(400, 'MESSAGE_NOT_MODIFIED');
  message.text = text;
  if (entities.length > 0) message.entities = entities;
  else delete message.entities;
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
