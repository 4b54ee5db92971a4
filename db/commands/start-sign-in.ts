import { randomUUID } from 'node:crypto';
import { and, eq } from 'drizzle-orm';
import { SIGN_IN_ATTEMPT_MS, type SignInMethod } from '#core/account/sign-in.ts';
import { Refused } from '#core/refusals.ts';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { wakeWorkers } from '../outbox.ts';
import { connectLink, signIn } from '../schema/sign-ins.ts';
import { cancelOpen, inRealTime, tellSignIn } from '../sign-ins.ts';

/**
 * Begins to connect an account on an opened page, in place of what is under way there; a worker takes it from here.
 * Refuses `conflict` while an account is being connected.
 */
export const startSignIn = (
  ctx: CommandContext,
  { linkId, method }: { linkId: string; method: SignInMethod },
): Promise<{ signInId: string }> =>
  runCommand(ctx, 'admin', async (tx) => {
    const page = await tx
      .select({ id: connectLink.id })
      .from(connectLink)
      .where(eq(connectLink.id, linkId))
      .for('update');
    onlyRow(page, 'not_found');
    await cancelOpen(tx, eq(signIn.linkId, linkId));
    const connecting = await tx
      .select({ id: signIn.id })
      .from(signIn)
      .where(and(eq(signIn.linkId, linkId), eq(signIn.status, 'connecting')));
    if (connecting.length > 0) throw new Refused('conflict');
    const signInId = randomUUID();
    await tx.insert(signIn).values({
      id: signInId,
      workspaceId: ctx.workspaceId,
      linkId,
      method,
      status: 'waiting',
      startedAt: inRealTime(0),
      expiresAt: inRealTime(SIGN_IN_ATTEMPT_MS),
    });
    await wakeWorkers(tx, ctx);
    await tellSignIn(tx, linkId);
    await appendAudit(tx, ctx, { action: 'sign_in.started', entityId: signInId, after: { method } });
    return { signInId };
  });
