/** People who asked to come: typed by name, in no group that is collected. The last one has changed their mind since. */
export const GUESTS = [
  'anna_orchard',
  'boris_greenhouse',
  'clara_compost',
  'dmitry_dill',
  'elena_elder',
  'felix_fennel',
  'galina_gooseberry',
  'hugo_hawthorn',
  'inna_iris',
  'jonas_juniper',
  'katya_kale',
  'leo_lavender',
] as const;

/** They have found the way by themselves before anybody invites them. */
export const EARLY_GUESTS: readonly string[] = GUESTS.slice(0, 2);

export const REGRETTING_GUEST = GUESTS[GUESTS.length - 1] ?? '';

/** A row that names nobody: it is told by its line and never sent. */
const NAMELESS_ROW = '@';

/** The typed list: a row a line, one of them without a name. */
export const typedRows = (): { line: number; text: string }[] =>
  [
    ...GUESTS.slice(0, 6).map((name) => `@${name}`),
    NAMELESS_ROW,
    ...GUESTS.slice(6).map((name) => `t.me/${name}`),
  ].map((text, index) => ({ line: index + 1, text }));
