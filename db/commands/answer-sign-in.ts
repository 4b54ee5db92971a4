import { and, eq } from 'drizzle-orm';
import type { SignInQuestion } from '#core/account/sign-in.ts';
import { Refused } from '#core/refusals.ts';
import type { Secret } from '#core/secret.ts';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { signIn } from '../schema/sign-ins.ts';
import { sealTo } from '../sealed-box.ts';
import { aboutSignIn, emptied, next, tellSignIn } from '../sign-ins.ts';

/**
 * Hands what the person typed to the worker that asked, sealed to it. Refuses `conflict` when that question has been
 * answered or is no longer asked.
 */
export const answerSignIn = (
  ctx: CommandContext,
  input: { linkId: string; signInId: string; sequence: number; question: SignInQuestion; answer: Secret },
): Promise<void> =>
  runCommand(ctx, 'admin', async (tx) => {
    const { linkId, signInId, sequence, question } = input;
    const isIt = and(eq(signIn.id, signInId), eq(signIn.linkId, linkId));
    const found = await tx
      .select({ workerKey: signIn.workerKey, status: signIn.status, sequence: signIn.sequence })
      .from(signIn)
      .where(isIt)
      .for('update');
    const row = onlyRow(found, 'not_found');
    if (!row.workerKey || row.status !== question || row.sequence !== sequence) throw new Refused('conflict');
    const about = aboutSignIn({ workspaceId: ctx.workspaceId, signInId }, sequence, 'answer');
    await tx
      .update(signIn)
      .set({
        ...emptied,
        status: 'working',
        sequence: next,
        answer: sealTo(row.workerKey, about, input.answer),
      })
      .where(isIt);
    await tellSignIn(tx, linkId);
    await appendAudit(tx, ctx, { action: 'sign_in.answered', entityId: signInId, after: { question } });
  });
