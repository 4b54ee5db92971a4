import type { CommandContext } from '#db/context.ts';
import type { KnownOperator } from './context.ts';
import type { BotDeps } from './deps.ts';

/** What a command needs, done by this person at this moment. */
export const commandContext = (
  { db, clock }: BotDeps,
  { operatorId, role, workspaceId }: Pick<KnownOperator, 'operatorId' | 'role' | 'workspaceId'>,
): CommandContext => ({
  db,
  actor: { kind: 'operator', operatorId, role },
  workspaceId,
  now: clock.now(),
});
