import type { Recovery } from '#core/account/standing.ts';
import type { BreakerKind } from '#core/breakers/breaker.ts';
import { PAUSE_RULES, TARGET_RULES } from '#core/campaign/target-rules.ts';
import type { AdminRight } from '#core/community/admin-rights.ts';
import { CATALOGUED_ERRORS } from '#core/telegram/error-catalogue.ts';

const explained = new Set<string>([...CATALOGUED_ERRORS, ...TARGET_RULES, ...PAUSE_RULES]);

/** Every reason that has its own sentence. */
export const EXPLAINED_REASONS: readonly string[] = [...explained].sort();

/**
 * The key of the sentence for a stored reason: Telegram's error name, a missing reason or a rule of Usher's. A reason
 * nobody wrote a sentence for is an unknown error and says so.
 */
export const errorKey = (reason: string): string =>
  `error-${explained.has(reason) ? reason.toLowerCase().replaceAll('_', '-') : 'unknown'}`;

/** The key of a few words for the same reason, for tables and counts. */
export const errorLabelKey = (reason: string): string => `${errorKey(reason)}.label`;

/** The key of the line that tells what opened a breaker. */
export const evidenceKey = (kind: BreakerKind): string => `breaker-evidence-${kind.replaceAll('_', '-')}`;

/** The key of a few words on what brings an account back. */
export const recoveryKey = (by: Recovery['by']): string => `recovery-${by.replaceAll('_', '-')}`;

/** The key of a few words on what an administrator may do. */
export const adminRightKey = (right: AdminRight): string => `admin-right-${right.replaceAll('_', '-')}`;
