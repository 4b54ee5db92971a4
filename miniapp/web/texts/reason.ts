import type { Translate } from '#locales/bundle.ts';
import { errorKey } from '#locales/keys.ts';
import { PROBLEM_CODES, type ProblemCode, problemKey } from '#miniapp/contract/problem-codes.ts';

/** The sentence for a stored reason: a refusal of ours, or an error of the catalogue. */
export const reasonText = (t: Translate, reason: string): string =>
  t(isProblem(reason) ? problemKey(reason) : errorKey(reason));

const isProblem = (reason: string): reason is ProblemCode =>
  (PROBLEM_CODES as readonly string[]).includes(reason);
