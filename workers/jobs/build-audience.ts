import { buildAudience as build } from '#db/commands/build-audience.ts';
import { contextOf, defineJob } from '../runtime/define-job.ts';

/** Fills an audience from its sources; the database does all the work in one statement. */
export const buildAudience = defineJob('build-audience', async ({ workspaceId, audienceId }, deps) => {
  await build(contextOf(deps, workspaceId), { audienceId });
  deps.tell();
  return { kind: 'done' };
});
