import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { settleIn } from '../team.ts';

/** The operator who asks works in this workspace from now on, in the bot and in every new session. */
export const chooseWorkspace = (ctx: CommandContext): Promise<void> =>
  runCommand(ctx, 'viewer', async (tx) => {
    const operatorId = await settleIn(tx, ctx);
    await appendAudit(tx, ctx, { action: 'operator.workspace_chosen', entityId: operatorId });
  });
