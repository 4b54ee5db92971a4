import { z } from 'zod';
import { serverTimeSchema } from './session.ts';

const count = z.int().min(0);
const moment = z.iso.datetime();

/** A person by Telegram id, username or phone number. */
const person = z.string().trim().min(1).max(64);

export const personDataBody = z.strictObject({ person });

const rows = z.array(z.record(z.string(), z.unknown()));

/** Everything the workspace keeps of one person; empty lists when it keeps nothing. */
export const personDataSchema = serverTimeSchema.extend({
  data: z.object({
    workspace: z.string(),
    people: rows,
    sightings: rows,
    /** How many of the workspace's accounts can address them. */
    references: count,
    audiences: rows,
    campaigns: rows,
    attempts: rows,
    suppressions: rows,
    hasStopped: z.boolean(),
  }),
});
export type PersonDataAnswer = z.infer<typeof personDataSchema>;

/** `confirmation` is the person typed a second time. */
export const erasureBody = z.strictObject({ person, confirmation: z.string().trim().max(64) });

/** What was removed; `files` were uploads not yet imported and prepared exports, which may have held the person. */
export const erasedSchema = z.object({
  people: count,
  sightings: count,
  refs: count,
  memberships: count,
  targets: count,
  files: count,
});

export const retentionBody = z.strictObject({ keptDays: z.int() });

/** The passages over collected people, newest first; `finishedAt` is null while one is under way. */
export const retentionSchema = serverTimeSchema.extend({
  keptDays: count,
  dueAt: moment,
  reports: z.array(
    z.object({
      runId: z.uuid(),
      keptDays: count,
      startedAt: moment,
      finishedAt: moment.nullable(),
      people: count,
      sightings: count,
      refs: count,
      files: count,
      /** Old, and kept because an audience holds or a campaign names them. */
      inAudience: count,
      inCampaign: count,
    }),
  ),
});
export type RetentionAnswer = z.infer<typeof retentionSchema>;
