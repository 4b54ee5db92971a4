import { and, eq } from 'drizzle-orm';
import { appendAudit, onlyRow, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { signIn } from '../schema/sign-ins.ts';
import { cancelOpen, tellSignIn } from '../sign-ins.ts';

/** Gives a sign-in up; its worker hears of it. Refuses `conflict` when it has ended, or Telegram has signed in already. */
export const cancelSignIn = (
  ctx: CommandContext,
  { linkId, signInId }: { linkId: string; signInId: string },
): Promise<void> =>
  runCommand(ctx, 'admin', async (tx) => {
    const cancelled = await cancelOpen(tx, and(eq(signIn.id, signInId), eq(signIn.linkId, linkId)));
    onlyRow(cancelled, 'conflict');
    await tellSignIn(tx, linkId);
    await appendAudit(tx, ctx, { action: 'sign_in.cancelled', entityId: signInId });
  });
