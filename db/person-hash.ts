import { createHmac } from 'node:crypto';
import type { TelegramId } from '#core/telegram/user-session.ts';

/** Who is meant, by whatever is known of them. */
export type PersonIdentity = {
  telegramId?: TelegramId | null;
  username?: string | null;
  /** In E.164 form. */
  phone?: string | null;
};

/** The keyed hashes under which a person may be suppressed: one for each way of knowing them. */
export type HashPerson = (identity: PersonIdentity) => Buffer[];

/**
 * Hashes identifiers so that a suppression outlives the person's erasure and tells nothing without the key.
 * `key` is the suppression key, the same for bot, server and workers.
 */
export const createHashPerson =
  (key: Buffer): HashPerson =>
  ({ telegramId, username, phone }) => {
    const names = [
      ...(telegramId ? [`id:${telegramId}`] : []),
      ...(username ? [`username:${username.toLowerCase()}`] : []),
      ...(phone ? [`phone:${phone}`] : []),
    ];
    return names.map((name) => createHmac('sha256', key).update(name).digest());
  };
