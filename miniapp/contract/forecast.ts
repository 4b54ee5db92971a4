import { z } from 'zod';
import { ASSUMPTIONS, BINDING_REASONS, NEVER_REASONS } from '#core/forecast/forecast.ts';
import { serverTimeSchema } from './session.ts';

const count = z.int().min(0);

/** What becomes of a campaign from now on, by the rules that pace it. */
export const forecastSchema = z.object({
  /** When the last person is invited; null when that never happens, and then `never` says why. */
  finishesAt: z.iso.datetime().nullable(),
  never: z.enum(NEVER_REASONS).nullable(),
  invites: count,
  invitesADay: count,
  /** People who get no invite: out of reach, waiting too long, or left over. */
  remaining: count,
  /** Invites in each 24 hours from now on. */
  perDay: z.array(count),
  accounts: z.array(z.object({ accountId: z.uuid(), invites: count })),
  /** What the accounts wait for most, and its share of all their waiting, 0 to 1; null when they never wait. */
  binding: z.object({ because: z.enum(BINDING_REASONS), share: z.number().min(0).max(1) }).nullable(),
  /** What it takes for granted. */
  assumes: z.array(z.enum(ASSUMPTIONS)),
});
export type CampaignForecast = z.infer<typeof forecastSchema>;

/** Null when the campaign has ended. */
export const forecastAnswerSchema = serverTimeSchema.extend({ forecast: forecastSchema.nullable() });
export type ForecastAnswer = z.infer<typeof forecastAnswerSchema>;
