import { API_TOKEN_PREFIX } from '#core/api-token.ts';
import { Refused } from '#core/refusals.ts';
import { includesRole, type Role } from '#core/roles.ts';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { createToken, hashToken } from '../one-time-tokens.ts';
import { appendEvent } from '../outbox.ts';
import { apiToken } from '../schema/api.ts';
import { lockTeam } from '../team.ts';

/** `createdAt` and `expiresAt` are infrastructure time. */
export type CreateApiTokenInput = { name: string; role: Role; createdAt: Date; expiresAt: Date };

/**
 * Makes a way in for a program, with at most the role its maker has at this moment. The token is answered here and
 * never again. Refuses with `forbidden`.
 */
export const createApiToken = (
  ctx: CommandContext,
  input: CreateApiTokenInput,
): Promise<{ tokenId: string; token: string; expiresAt: Date }> =>
  runCommand(ctx, 'admin', async (tx) => {
    const { actor, workspaceId } = ctx;
    // It acts for its maker, so somebody has to be its maker.
    if (actor.kind !== 'operator') throw new Refused('forbidden');
    const { name, role, createdAt, expiresAt } = input;
    const own = (await lockTeam(tx, ctx)).get(actor.operatorId);
    if (!own || !includesRole(own, 'admin') || !includesRole(own, role)) throw new Refused('forbidden');
    const token = `${API_TOKEN_PREFIX}${createToken(32).token}`;
    const created = await tx
      .insert(apiToken)
      .values({
        workspaceId,
        name,
        role,
        tokenHash: hashToken(token),
        createdBy: actor.operatorId,
        createdAt,
        expiresAt,
      })
      .returning({ tokenId: apiToken.id });
    const { tokenId } = onlyRow(created, 'conflict');
    await appendEvent(tx, ctx, { kind: 'api_token.created', payload: { tokenId } });
    await appendAudit(tx, ctx, {
      action: 'api_token.created',
      entityId: tokenId,
      after: { name, role, expiresAt },
    });
    return { tokenId, token, expiresAt };
  });
