/** What a person is called by: their name, else their username, else their Telegram id. */
export const personName = (person: {
  firstName: string;
  lastName: string | null;
  username: string | null;
  telegramId: string | null;
}): string => {
  const { firstName, lastName, username, telegramId } = person;
  const called = username ? `@${username}` : (telegramId ?? '?');
  return [firstName, lastName].filter(Boolean).join(' ') || called;
};
