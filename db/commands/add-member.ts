import { Refused } from '#core/refusals.ts';
import { includesRole } from '#core/roles.ts';
import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { type NewMember, saveMember } from '../members.ts';

/** Gives a person a role in the workspace. Nobody gives a role above their own; only an owner makes owners. */
export const addMember = (ctx: CommandContext, input: NewMember): Promise<{ operatorId: string }> =>
  runCommand(ctx, 'admin', async (tx) => {
    if (ctx.actor.kind === 'operator' && !includesRole(ctx.actor.role, input.role))
      throw new Refused('forbidden');
    const { operatorId } = await saveMember(tx, ctx, input);
    await appendAudit(tx, ctx, { action: 'member.added', entityId: operatorId, after: { role: input.role } });
    return { operatorId };
  });
