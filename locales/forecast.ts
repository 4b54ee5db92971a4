import type { Assumption, NeverReason } from '#core/forecast/forecast.ts';
import type { Translate } from './bundle.ts';

const ENDS: readonly NeverReason[] = ['no_inviting_account', 'horizon', 'community_lifetime'];

/** Why a campaign never ends and what to do about it. */
export const neverSentence = (t: Translate, never: NeverReason): string =>
  ENDS.includes(never)
    ? t(`forecast-never-${never}`)
    : t('forecast-never-zero', { limit: t(`slot-${never}`) });

/** What a forecast takes for granted, in one sentence. */
export const assumptionSentence = (t: Translate, assumes: readonly Assumption[]): string =>
  t('forecast-assumes', {
    what: assumes.map((assumption) => t(`forecast-assumes-${assumption}`)).join('; '),
  });
