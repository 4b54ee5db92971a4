import { unwrap } from './client.ts';

/** For answers without a body. Throws as `unwrap` does. */
export const done = async (answer: Promise<{ ok: boolean; json(): Promise<unknown> }>): Promise<void> => {
  const response = await answer;
  if (response.ok) return;
  await unwrap(Promise.resolve(response));
};
