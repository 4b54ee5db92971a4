import { eld } from 'eld/small';

/**
 * The language a short text is probably written in, ISO 639-1; undefined when the guess is not worth telling. Names and
 * links say nothing of it.
 */
export function guessLanguage(text: string): string | undefined {
  const words = text.replaceAll(/https?:\/\/\S+|t\.me\/\S+|@\w+/g, ' ').trim();
  const guess = eld.detect(words);
  return guess.language !== '' && guess.isReliable() ? guess.language : undefined;
}
