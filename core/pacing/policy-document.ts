import type { z } from 'zod';
import { allow, type Refusal, refuse, type Verdict } from '../verdict.ts';
import { defaultPolicy, type LimitPolicy, limitPolicySchema, type PolicyField } from './policy.ts';

export type PolicyChange = { field: PolicyField; before: number; after: number };

/** All fields in the order in which they are written and shown. */
export const POLICY_FIELDS = Object.keys(defaultPolicy).sort() as readonly PolicyField[];

/**
 * Reads a policy that somebody wishes for; fields left out take their ceiling. The refusal names the field, what was
 * asked and the bound.
 */
export function parsePolicy(wish: Readonly<Record<string, unknown>>): Verdict<LimitPolicy> {
  const parsed = limitPolicySchema.safeParse(wish);
  if (parsed.success) return allow(parsed.data);
  const [issue] = parsed.error.issues;
  return { ok: false, refusal: issue ? refusalOf(issue, wish) : { code: 'policy.malformed' } };
}

function refusalOf(issue: z.core.$ZodIssue, wish: Readonly<Record<string, unknown>>): Refusal {
  if (issue.code === 'unrecognized_keys') {
    return { code: 'policy.unknown_field', facts: { field: issue.keys[0] ?? '' } };
  }
  const field = String(issue.path[0] ?? '');
  const value = wish[field];
  const facts = { field, value: typeof value === 'number' ? value : String(value) };
  if (issue.code === 'too_big') {
    return { code: 'policy.above_ceiling', facts: { ...facts, bound: Number(issue.maximum) } };
  }
  if (issue.code === 'too_small') {
    return { code: 'policy.below_floor', facts: { ...facts, bound: Number(issue.minimum) } };
  }
  if (issue.code === 'custom') return { code: 'policy.pauses_crossed' };
  return { code: 'policy.not_a_number', facts };
}

/** The one text of a policy: equal policies have equal texts, so that a signature can cover it. */
export const writePolicy = (policy: LimitPolicy): string => JSON.stringify(policy, [...POLICY_FIELDS]);

/** Reads a policy's text; whatever is not a lawful policy of this version is refused. */
export function readPolicy(document: string): Verdict<LimitPolicy> {
  try {
    const wish: unknown = JSON.parse(document);
    return typeof wish === 'object' && wish !== null ? parsePolicy({ ...wish }) : refuse('policy.malformed');
  } catch {
    return refuse('policy.malformed');
  }
}

/** What differs, field by field. */
export const diffPolicies = (before: LimitPolicy, after: LimitPolicy): PolicyChange[] =>
  POLICY_FIELDS.filter((field) => before[field] !== after[field]).map((field) => ({
    field,
    before: before[field],
    after: after[field],
  }));
