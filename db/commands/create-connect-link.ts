import { randomBytes } from 'node:crypto';
import { lt, sql } from 'drizzle-orm';
import { CONNECT_LINK_MS } from '#core/account/sign-in.ts';
import { Refused } from '#core/refusals.ts';
import { Secret } from '#core/secret.ts';
import { appendAudit, runCommand } from '../command.ts';
import { hashOf } from '../connect-pages.ts';
import type { CommandContext } from '../context.ts';
import { connectLink } from '../schema/sign-ins.ts';
import { inRealTime } from '../sign-ins.ts';

/** Makes a link to the page that connects accounts in the operator's name: good once, for ten real minutes. */
export const createConnectLink = (ctx: CommandContext): Promise<{ token: Secret }> =>
  runCommand(ctx, 'admin', async (tx) => {
    if (ctx.actor.kind !== 'operator') throw new Refused('forbidden');
    const token = new Secret(randomBytes(32).toString('base64url'));
    await tx.delete(connectLink).where(lt(connectLink.expiresAt, sql`clock_timestamp()`));
    const [row] = await tx
      .insert(connectLink)
      .values({
        workspaceId: ctx.workspaceId,
        operatorId: ctx.actor.operatorId,
        tokenHash: hashOf(token),
        createdAt: inRealTime(0),
        expiresAt: inRealTime(CONNECT_LINK_MS),
      })
      .returning({ id: connectLink.id });
    await appendAudit(tx, ctx, { action: 'connect_link.created', ...(row && { entityId: row.id }) });
    return { token };
  });
