import type { CommandContext } from '#db/context.ts';
import type { Once } from '#db/once.ts';
import type { Caller } from './auth/callers.ts';
import type { ServerDeps } from './deps.ts';

type Who = Pick<Caller, 'operatorId' | 'role' | 'workspaceId' | 'tokenId'>;

/** What a command needs, done by whoever calls at this moment; with `once`, done once. */
export const commandContext = (
  { db, clock }: Pick<ServerDeps, 'db' | 'clock'>,
  { operatorId, role, workspaceId, tokenId }: Who,
  once?: Once,
): CommandContext => ({
  db,
  actor: { kind: 'operator', operatorId, role, ...(tokenId && { tokenId }) },
  workspaceId,
  now: clock.now(),
  once,
});
