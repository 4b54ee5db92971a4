import { hc } from 'hono/client';
import type { Api } from '#miniapp/server/app.ts';
import { type ApiProblem, readProblem } from './problem.ts';
import { endSession, sessionToken } from './session.ts';

const client = hc<Api>('/', { headers: (): Record<string, string> => bearer() });

/** The server's routes, typed by the server. */
export const api = client.api.v1;

export const bearer = (): { authorization: string } => ({ authorization: `Bearer ${sessionToken() ?? ''}` });

/** The body of an answer; throws `ApiProblem` for a refusal. A session that has ended ends here too. */
export const unwrap = async <T>(answer: Promise<{ ok: boolean; json(): Promise<T> }>): Promise<T> => {
  const response = await answer;
  if (response.ok) return response.json();
  const problem = await readProblem(response);
  if (isSessionOver(problem)) endSession();
  throw problem;
};

/** For answers without a body. */
export const done = async (answer: Promise<{ ok: boolean; json(): Promise<unknown> }>): Promise<void> => {
  const response = await answer;
  if (!response.ok) await unwrap(Promise.resolve(response));
};

export const isSessionOver = ({ code }: ApiProblem): boolean =>
  code === 'session.ended' || code === 'session.missing';
