import type { Refusal } from '#sandbox/world/refusal.ts';
import { BotApiError, badRequest, forbidden } from './bot-api-error.ts';

const NOT_MODIFIED =
  'message is not modified: specified new message content and reply markup are exactly the same as a current content and reply markup of the message';

/** The world's refusals that the Bot API says in words; the others keep their name. */
const IN_WORDS: Record<string, BotApiError> = {
  MESSAGE_EMPTY: badRequest('message text is empty'),
  MESSAGE_TOO_LONG: badRequest('message is too long'),
  MESSAGE_NOT_MODIFIED: badRequest(NOT_MODIFIED),
  INPUT_USER_DEACTIVATED: forbidden('user is deactivated'),
  USER_IS_BLOCKED: forbidden('bot was blocked by the user'),
  PEER_ID_INVALID: forbidden("bot can't initiate conversation with a user"),
  CHAT_WRITE_FORBIDDEN: forbidden('bot is not a member of the supergroup chat'),
  USER_ADMIN_INVALID: badRequest('user is an administrator of the chat'),
};

/** The world's refusal as the Bot API words it (github.com/tdlib/telegram-bot-api, Client.cpp). */
export function fromRefusal(refusal: Refusal): BotApiError {
  const known = IN_WORDS[refusal.text];
  if (known) return new BotApiError(known.code, known.message);
  return refusal.code === 403 ? forbidden(refusal.text) : badRequest(refusal.text);
}
