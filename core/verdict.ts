import type { RefusalCode } from './refusals.ts';

/** A decision with its reason: allowed with a value, or refused with a stable code and the facts its sentence needs. */
export type Verdict<T> = { ok: true; value: T } | { ok: false; refusal: Refusal };

/** `code` is also the key of the sentence in `locales`; `facts` fill its placeables. */
export type Refusal = { code: RefusalCode; facts?: Record<string, string | number> };

export const allow = <T>(value: T): Verdict<T> => ({ ok: true, value });

export const refuse = (code: RefusalCode, facts?: Refusal['facts']): { ok: false; refusal: Refusal } => ({
  ok: false,
  refusal: facts ? { code, facts } : { code },
});
