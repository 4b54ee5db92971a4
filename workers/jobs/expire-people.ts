import { expirePeople as expire } from '#db/commands/expire-people.ts';
import { repeatErasures } from '#db/commands/repeat-erasures.ts';
import { contextOf, defineJob } from '../runtime/define-job.ts';

/** So many people in one transaction, so that nobody who is being read or invited waits for long. */
const BATCH = 10_000;

/** The daily passage over a workspace: who was erased stays erased, and who is old and unused is forgotten. */
export const expirePeople = defineJob('expire-people', async ({ workspaceId }, deps) => {
  const { hashPerson } = deps;
  let after: string | undefined;
  do {
    const look = { hashPerson, after, limit: BATCH };
    after = (await repeatErasures(contextOf(deps, workspaceId), look)).last;
  } while (after);
  for (;;) {
    const { isDone } = await expire(contextOf(deps, workspaceId), { limit: BATCH });
    deps.tell();
    if (isDone) return { kind: 'done' };
  }
});
