import { and, eq, isNull } from 'drizzle-orm';
import { Refused } from '#core/refusals.ts';
import { includesRole } from '#core/roles.ts';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { appendEvent } from '../outbox.ts';
import { apiToken } from '../schema/api.ts';
import { lockTeam } from '../team.ts';

/** Makes a token worthless at once. Whoever could have made it may revoke it. `revokedAt` is infrastructure time. */
export const revokeApiToken = (
  ctx: CommandContext,
  { tokenId, revokedAt }: { tokenId: string; revokedAt: Date },
): Promise<void> =>
  runCommand(ctx, 'admin', async (tx) => {
    const { actor } = ctx;
    const team = await lockTeam(tx, ctx);
    const found = await tx
      .select({ name: apiToken.name, role: apiToken.role })
      .from(apiToken)
      .where(eq(apiToken.id, tokenId));
    const before = onlyRow(found, 'not_found');
    const own = actor.kind === 'operator' ? team.get(actor.operatorId) : 'owner';
    if (!own || !includesRole(own, 'admin') || !includesRole(own, before.role))
      throw new Refused('forbidden');
    const revoked = await tx
      .update(apiToken)
      .set({ revokedAt })
      .where(and(eq(apiToken.id, tokenId), isNull(apiToken.revokedAt)))
      .returning({ id: apiToken.id });
    onlyRow(revoked, 'not_found');
    await appendEvent(tx, ctx, { kind: 'api_token.revoked', payload: { tokenId } });
    await appendAudit(tx, ctx, { action: 'api_token.revoked', entityId: tokenId, before });
  });
