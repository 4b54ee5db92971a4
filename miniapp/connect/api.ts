import type { ConnectState, SignInView } from '#miniapp/contract/connect.ts';
import { readProblem } from '#miniapp/web/api/problem.ts';

type Method = SignInView['method'];
type Question = Extract<SignInView['status'], 'phone' | 'code' | 'password'>;

export const LIVE = '/connect/api/live';

/** Exchanges the link for this browser's cookie. All of these throw `ApiProblem` for a refusal. */
export const openLink = (token: string) => post('open', { token });
export const startSignIn = (method: Method) => post('sign-ins', { method });
export const cancelSignIn = ({ signInId }: SignInView) => post('cancel', { signInId });
export const answerQuestion = ({ signInId, sequence }: SignInView, question: Question, answer: string) =>
  post('answer', { signInId, sequence, question, answer });

const post = async (path: string, body: object): Promise<void> => {
  const response = await fetch(`/connect/api/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw await readProblem(response);
};

export type { ConnectState, Method, Question, SignInView };
