import type { Translate } from '#locales/bundle.ts';
import type { Problem } from '#miniapp/contract/problem.ts';
import { type ProblemCode, problemKey } from '#miniapp/contract/problem-codes.ts';

/** A refused request. */
export class ApiProblem extends Error {
  readonly code: ProblemCode;
  readonly facts: NonNullable<Problem['facts']>;
  readonly requestId: string | undefined;

  constructor(code: ProblemCode, facts: Problem['facts'], requestId: string | undefined) {
    super(code);
    this.name = 'ApiProblem';
    this.code = code;
    this.facts = facts ?? {};
    this.requestId = requestId;
  }
}

/** The problem of an answer that is not ok; one that does not come from our server counts as internal. */
export const readProblem = async (response: { json(): Promise<unknown> }): Promise<ApiProblem> => {
  const body = (await response.json().catch(() => ({}))) as Partial<Problem>;
  return new ApiProblem(body.code ?? 'internal', body.facts, body.requestId);
};

/** The sentence for whatever went wrong: a refusal, or a server that cannot be reached. */
export const failureText = (t: Translate, error: unknown): string =>
  error instanceof ApiProblem ? t(problemKey(error.code), error.facts) : t('web-unreachable');
