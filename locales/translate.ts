import { readdirSync, readFileSync } from 'node:fs';
import type { Language } from '#core/statuses.ts';
import { type Translate, translateWith } from './bundle.ts';

export type { TextArgs, Translate } from './bundle.ts';

const known = new Map<Language, Translate>();

/** The Fluent sources of a language by file name, in a stable order. */
export function readSources(language: Language): { name: string; text: string }[] {
  const folder = new URL(`./${language}/`, import.meta.url);
  return readdirSync(folder)
    .filter((name) => name.endsWith('.ftl'))
    .sort()
    .map((name) => ({ name, text: readFileSync(new URL(name, folder), 'utf8') }));
}

/** All texts of a language, for processes that have the files beside them, with dates in UTC. Read once a process. */
export function createTranslate(language: Language): Translate {
  const existing = known.get(language);
  if (existing) return existing;
  const translate = translateWith(
    language,
    readSources(language).map((source) => source.text),
    'UTC',
  );
  known.set(language, translate);
  return translate;
}
