/** The kinds of update this server makes (core.telegram.org/bots/api#update). */
export const UPDATE_KINDS = [
  'message',
  'edited_message',
  'channel_post',
  'edited_channel_post',
  'callback_query',
  'my_chat_member',
  'chat_member',
  'chat_join_request',
] as const;
export type UpdateKind = (typeof UPDATE_KINDS)[number];

export type Update = { update_id: number } & { [kind in UpdateKind]?: object };

/** Kinds a bot receives only when it names them in allowed_updates. */
const ON_REQUEST: readonly UpdateKind[] = ['chat_member'];

/** An empty list means everything but what must be asked for by name. */
export function isAllowed(kind: UpdateKind, allowed: readonly string[]): boolean {
  return allowed.length === 0 ? !ON_REQUEST.includes(kind) : allowed.includes(kind);
}
