import type { Me } from '#miniapp/contract/session.ts';
import { api, unwrap } from './client.ts';
import { ApiProblem, readProblem } from './problem.ts';
import { setServerTime } from './server-clock.ts';
import { beginSession, resumeSession } from './session.ts';

/** Who one is: by the session of an earlier load of this launch, else by exchanging the launch. */
export const signIn = async (initData: string): Promise<Me> => {
  const me = await resumeOrExchange(initData);
  setServerTime(me);
  return me;
};

const resumeOrExchange = async (initData: string): Promise<Me> => {
  const launch = new URLSearchParams(initData).get('hash') ?? '';
  if (resumeSession(launch)) return unwrap(api.me.$get());
  const response = await api['sign-in'].$post(
    { json: {} },
    { headers: { authorization: `tma ${initData}` } },
  );
  if (!response.ok) throw await readProblem(response);
  const { token, me } = await response.json();
  beginSession(launch, token);
  return me;
};

/** True when trying again with the same launch can help. */
export const mayRetrySignIn = (error: unknown): boolean =>
  !(error instanceof ApiProblem) || ['internal', 'rate_limited', 'launch.future'].includes(error.code);
