import type { LimitPolicy } from '#core/pacing/policy.ts';
import type { PolicyKeys } from './policy-signature.ts';

/** What a process trusts, and the policies it has verified: versions never change, so each is verified once. */
export type PolicyBook = { keys: PolicyKeys; known: Map<string, LimitPolicy> };

export const createPolicyBook = (keys: PolicyKeys): PolicyBook => ({ keys, known: new Map() });
