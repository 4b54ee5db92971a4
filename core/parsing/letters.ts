/** Telegram serves at most so many people of one query (research: mission §3.6). */
export const QUERY_CEILING = 10_000;

/** What names and usernames begin with: Latin, Cyrillic, digits. Search takes upper and lower case alike. */
export const LETTERS: readonly string[] = [
  ...'abcdefghijklmnopqrstuvwxyz',
  ...'абвгдеёжзийклмнопрстуфхцчшщъыьэюя',
  ...'0123456789',
];

/**
 * The search after this one; undefined behind the last. Letters are asked for only where everybody's list ends before
 * everybody was on it.
 */
export function letterAfter(letter: string, total: number): string | undefined {
  if (letter === '') return total > QUERY_CEILING ? LETTERS[0] : undefined;
  return LETTERS[LETTERS.indexOf(letter) + 1];
}
