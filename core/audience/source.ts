import { z } from 'zod';
import { BASES } from '../statuses.ts';
import { audienceFilterSchema } from './filter.ts';
import { peopleWishSchema } from './people-wish.ts';

/** One line of a hand-typed list; `line` counts from 1 in the text as it was typed. */
export const typedLineSchema = z.object({ line: z.int().min(1), text: z.string().max(256) });
export type TypedLine = z.infer<typeof typedLineSchema>;

/** What an audience is built from: people of parse tasks that pass the filter, typed people, other audiences, a segment. */
export const audienceSourceSchema = z.object({
  taskIds: z.array(z.uuid()).default([]),
  filter: audienceFilterSchema.default(() => audienceFilterSchema.parse({})),
  /** At most so many of the parsed people, in the order they were seen. */
  limit: z.int().min(1).optional(),
  typed: z.array(typedLineSchema).default([]),
  /** The basis of the typed people; parsed people are always `collected`. */
  typedBasis: z.enum(BASES).default('collected'),
  /** Members of any of these audiences, with the basis they have there. */
  union: z.array(z.uuid()).default([]),
  /** Members of all of these audiences, with the best basis they have in one. */
  intersection: z.array(z.uuid()).default([]),
  /** Nobody who is a member of one of these, however they came in. */
  minus: z.array(z.uuid()).default([]),
  /** Everybody the workspace knows whom this wish lets through, as `collected`. */
  segment: peopleWishSchema.omit({ audienceId: true }).optional(),
});

export type AudienceSource = z.infer<typeof audienceSourceSchema>;

/** The lines of a typed text with their numbers; empty lines at the very end are no rows. */
export const typedLines = (text: string): TypedLine[] =>
  text
    .trimEnd()
    .split(/\r?\n/)
    .map((row, index) => ({ line: index + 1, text: row.trim().slice(0, 256) }))
    .filter((row, _index, rows) => rows.length > 1 || row.text !== '');

/** True when a source names nobody, whatever there is. */
export const isEmptySource = ({ taskIds, typed, union, intersection, segment }: AudienceSource): boolean =>
  [taskIds, typed, union, intersection].every((part) => part.length === 0) && segment === undefined;
