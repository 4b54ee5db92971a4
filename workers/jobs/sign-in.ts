import { defineJob } from '../runtime/define-job.ts';

/** Takes a sign-in that waits; the person then has minutes, so it goes on beside the jobs. */
export const signIn = defineJob('sign-in', async (job, deps) => {
  await deps.beginSignIn(job);
  return { kind: 'done' };
});
