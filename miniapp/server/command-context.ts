import type { CommandContext } from '#db/context.ts';
import type { OpenSession } from './auth/sessions.ts';
import type { ServerDeps } from './deps.ts';

type Who = Pick<OpenSession, 'operatorId' | 'role' | 'workspaceId'>;

/** What a command needs, done by a signed-in person at this moment. */
export const commandContext = (
  { db, clock }: Pick<ServerDeps, 'db' | 'clock'>,
  { operatorId, role, workspaceId }: Who,
): CommandContext => ({
  db,
  actor: { kind: 'operator', operatorId, role },
  workspaceId,
  now: clock.now(),
});
