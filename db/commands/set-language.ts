import { and, eq } from 'drizzle-orm';
import { Refused } from '#core/refusals.ts';
import type { Language } from '#core/statuses.ts';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { member, operator } from '../schema/team.ts';

/** An operator chooses their own language; it holds in all their workspaces. */
export const setLanguage = (
  ctx: CommandContext,
  input: { operatorId: string; language: Language },
): Promise<void> =>
  runCommand(ctx, 'viewer', async (tx) => {
    if (ctx.actor.kind === 'operator' && ctx.actor.operatorId !== input.operatorId)
      throw new Refused('forbidden');
    const found = await tx
      .select({ language: operator.language })
      .from(operator)
      .innerJoin(member, and(eq(member.operatorId, operator.id), eq(member.workspaceId, ctx.workspaceId)))
      .where(eq(operator.id, input.operatorId));
    const before = onlyRow(found, 'not_found');
    await tx.update(operator).set({ language: input.language }).where(eq(operator.id, input.operatorId));
    await appendAudit(tx, ctx, {
      action: 'operator.language_set',
      entityId: input.operatorId,
      before,
      after: { language: input.language },
    });
  });
