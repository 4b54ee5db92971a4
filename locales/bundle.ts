import { FluentBundle, FluentDateTime, FluentResource, type FluentVariable } from '@fluent/bundle';
import type { Language } from '#core/statuses.ts';

/** Placeables of a text. Numbers and dates are formatted for the language. */
export type TextArgs = Record<string, FluentVariable>;

/** The text of a key, or of its attribute as `key.attribute`. */
export type Translate = (key: string, args?: TextArgs) => string;

/**
 * Makes a `Translate` from Fluent source texts; needs neither files nor a browser. Vocabulary values may stand in a key
 * as they are (`account-status-signed_out`): underscores count as dashes. A missing text and a missing placeable throw,
 * because both are bugs. Dates stand in `timeZone`, else in the zone of the machine.
 */
export function translateWith(language: Language, sources: readonly string[], timeZone?: string): Translate {
  // Isolation marks would stand in bot messages, terminals and copied text.
  const bundle = new FluentBundle(language, { useIsolating: false });
  for (const source of sources) {
    const faults = bundle.addResource(new FluentResource(source));
    if (faults[0]) throw faults[0];
  }
  return (key, args = {}) => {
    const [id = '', attribute] = key.replaceAll('_', '-').split('.');
    const message = bundle.getMessage(id);
    const pattern = attribute ? message?.attributes[attribute] : message?.value;
    if (!pattern) throw new Error(`no text "${key}" in ${language}`);
    const faults: Error[] = [];
    const text = bundle.formatPattern(pattern, timeZone ? inZone(args, timeZone) : args, faults);
    if (faults[0]) throw new Error(`text "${key}" in ${language}: ${faults[0].message}`);
    return text;
  };
}

const inZone = (args: TextArgs, timeZone: string): TextArgs =>
  Object.fromEntries(
    Object.entries(args).map(([name, value]) => [
      name,
      value instanceof Date ? new FluentDateTime(value, { timeZone }) : value,
    ]),
  );
