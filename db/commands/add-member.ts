import { decideGrant } from '#core/team/team.ts';
import { appendAudit, orRefuse, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { type NewMember, saveMember, saveOperator } from '../members.ts';
import { appendEvent } from '../outbox.ts';
import { askerOf, lockTeam } from '../team.ts';

/** Takes a person into the workspace without an invitation. Throws `conflict` when they are in it already. */
export const addMember = (ctx: CommandContext, input: NewMember): Promise<{ operatorId: string }> =>
  runCommand(ctx, 'admin', async (tx) => {
    const { role, ...person } = input;
    orRefuse(decideGrant(await lockTeam(tx, ctx), askerOf(ctx), role));
    const { operatorId } = await saveOperator(tx, ctx, person);
    await saveMember(tx, ctx, { operatorId, role });
    await appendEvent(tx, ctx, { kind: 'member.joined', payload: { operatorId } });
    await appendAudit(tx, ctx, { action: 'member.added', entityId: operatorId, after: { role } });
    return { operatorId };
  });
