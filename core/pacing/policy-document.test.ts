import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultPolicy, type LimitPolicy } from './policy.ts';
import { diffPolicies, POLICY_FIELDS, parsePolicy, readPolicy, writePolicy } from './policy-document.ts';

const isFloor = (field: string) => field.endsWith('Seconds');

/** Any lawful policy: below its ceilings, above its floors. */
const lawful = fc
  .record(
    Object.fromEntries(
      POLICY_FIELDS.map((field) => [
        field,
        isFloor(field)
          ? fc.integer({ min: defaultPolicy[field], max: defaultPolicy[field] * 3 })
          : fc.integer({ min: Math.ceil(defaultPolicy[field] / 3), max: defaultPolicy[field] }),
      ]),
    ),
  )
  .map((fields) => ({ ...defaultPolicy, ...fields }))
  .filter((policy) => policy.pauseMinSeconds <= policy.pauseMaxSeconds);

const refusalOf = (wish: Record<string, unknown>) => {
  const verdict = parsePolicy(wish);
  return verdict.ok ? undefined : verdict.refusal;
};

describe('a wish for a policy', () => {
  it('is refused with the field, the value and the bound it passes', () => {
    for (const field of POLICY_FIELDS) {
      const bound = defaultPolicy[field];
      const value = isFloor(field) ? bound - 1 : bound + 1;
      expect(refusalOf({ [field]: value })).toEqual({
        code: isFloor(field) ? 'policy.below_floor' : 'policy.above_ceiling',
        facts: { field, value, bound },
      });
    }
  });

  it('is refused when a field is unknown or no whole number', () => {
    expect(refusalOf({ invitesPerDay: 3 })).toEqual({
      code: 'policy.unknown_field',
      facts: { field: 'invitesPerDay' },
    });
    for (const value of ['many', 1.5, null, Number.NaN]) {
      expect(refusalOf({ invitesPerAccountDay: value })?.code).toBe('policy.not_a_number');
    }
    expect(refusalOf({ pauseMinSeconds: 901 })).toEqual({ code: 'policy.pauses_crossed' });
  });

  it('takes the ceiling where it says nothing', () => {
    expect(parsePolicy({})).toEqual({ ok: true, value: defaultPolicy });
  });
});

describe('the text of a policy', () => {
  it('gives back the policy, whatever the order of its fields', () => {
    fc.assert(
      fc.property(lawful, (policy) => {
        const turned = Object.fromEntries(Object.entries(policy).reverse()) as LimitPolicy;
        expect(writePolicy(turned)).toBe(writePolicy(policy));
        expect(readPolicy(writePolicy(policy))).toEqual({ ok: true, value: policy });
      }),
    );
  });

  it('is refused when it is no policy', () => {
    for (const text of ['', '{', '7', 'null', '{"invitesPerAccountDay":31}']) {
      expect(readPolicy(text).ok, text).toBe(false);
    }
  });
});

it('a difference turns the one policy into the other', () => {
  fc.assert(
    fc.property(lawful, lawful, (before, after) => {
      const patched = { ...before };
      for (const change of diffPolicies(before, after)) {
        expect(patched[change.field]).toBe(change.before);
        patched[change.field] = change.after;
      }
      expect(patched).toEqual(after);
    }),
  );
});
