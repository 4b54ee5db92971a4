import { and, eq } from 'drizzle-orm';
import type { Role } from '#core/roles.ts';
import { decideRoleChange } from '#core/team/team.ts';
import { appendAudit, onlyRow, orRefuse, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { member } from '../schema/team.ts';
import { askerOf, lockTeam } from '../team.ts';

/**
 * Gives a member another role; it holds from their next request on. Anybody may lower themselves. Judged by the roles of
 * this moment, whatever the asker's was when they signed in.
 */
export const changeRole = (ctx: CommandContext, wish: { operatorId: string; role: Role }): Promise<void> =>
  runCommand(ctx, 'viewer', async (tx) => {
    const { operatorId } = wish;
    const { from, to } = orRefuse(decideRoleChange(await lockTeam(tx, ctx), askerOf(ctx), wish));
    const changed = await tx
      .update(member)
      .set({ role: to })
      .where(and(eq(member.operatorId, operatorId), eq(member.role, from)))
      .returning({ operatorId: member.operatorId });
    onlyRow(changed, 'conflict');
    await appendEvent(tx, ctx, { kind: 'member.role_changed', payload: { operatorId } });
    await appendAudit(tx, ctx, {
      action: 'member.role_changed',
      entityId: operatorId,
      before: { role: from },
      after: { role: to },
    });
  });
