import type { CommunityKind, PersonRef } from '#core/telegram/user-session.ts';

/** A `peer_ref` with its person's id, as raw statements select it; the kind is null when there is none. */
export type RefRow = {
  telegram_id: string | null;
  ref_kind: 'full' | 'from_message' | null;
  access_hash: string | null;
  chat_kind: CommunityKind | null;
  chat_telegram_id: string | null;
  message_id: number | null;
};

export const toPersonRef = (row: RefRow): PersonRef | undefined => {
  const { telegram_id: telegramId, access_hash: accessHash } = row;
  if (!row.ref_kind || telegramId === null || accessHash === null) return undefined;
  if (row.ref_kind === 'full') return { kind: 'full', telegramId, accessHash };
  const { chat_kind: kind, chat_telegram_id: chatId, message_id: messageId } = row;
  if (!kind || chatId === null || messageId === null) return undefined;
  return { kind: 'from_message', telegramId, chat: { kind, telegramId: chatId, accessHash }, messageId };
};
