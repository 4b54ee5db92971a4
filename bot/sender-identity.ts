import type { User } from 'grammy/types';

/** Whoever writes, as people are known: by Telegram id and by username. */
export const identityOfSender = ({ id, username }: Pick<User, 'id' | 'username'>) => ({
  telegramId: String(id),
  username: username ?? null,
});
