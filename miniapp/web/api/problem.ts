import type { Problem } from '#miniapp/contract/problem.ts';
import { type ProblemCode, problemKey } from '#miniapp/contract/problem-codes.ts';

/** A refused request. */
export class ApiProblem extends Error {
  readonly code: ProblemCode;
  readonly requestId: string | undefined;

  constructor(code: ProblemCode, requestId: string | undefined) {
    super(code);
    this.name = 'ApiProblem';
    this.code = code;
    this.requestId = requestId;
  }
}

/** The problem of an answer that is not ok; one that does not come from our server counts as internal. */
export const readProblem = async (response: { json(): Promise<unknown> }): Promise<ApiProblem> => {
  const body = (await response.json().catch(() => ({}))) as Partial<Problem>;
  return new ApiProblem(body.code ?? 'internal', body.requestId);
};

/** Key of the sentence for whatever went wrong: a refusal, or a server that cannot be reached. */
export const failureKey = (error: unknown): string =>
  error instanceof ApiProblem ? problemKey(error.code) : 'web-unreachable';
