import type { SuppressionScope } from './statuses.ts';

/** A suppression without its person. `communityId` is set exactly when the scope is `community`. */
export type Suppression = { scope: SuppressionScope; communityId: string | null };

/** Scopes that forbid contact with a person wherever the workspace invites them. */
export const SCOPES_EVERYWHERE = ['global', 'workspace'] as const satisfies readonly SuppressionScope[];

/** True when the suppression forbids inviting its person into the community. */
export const suppresses = (suppression: Suppression, communityId: string): boolean =>
  suppression.scope !== 'community' || suppression.communityId === communityId;
