import { and, eq, sql } from 'drizzle-orm';
import { OPEN_SIGN_INS } from '#core/account/sign-in.ts';
import type { RefusalCode } from '#core/refusals.ts';
import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { signIn } from '../schema/sign-ins.ts';
import { emptied, next, type TakenSignIn, tellSignIn } from '../sign-ins.ts';

export type SignInEnd =
  | { status: 'done'; accountId: string; isNewAccount: boolean }
  | { status: 'refused'; problem: RefusalCode; waitSeconds?: number | undefined }
  | { status: 'expired' | 'lost' };

/** How a sign-in came out, told by the worker that ran it. False when it was cancelled or lost meanwhile, and stays so. */
export const endSignIn = (
  ctx: CommandContext,
  { taken, end }: { taken: Pick<TakenSignIn, 'signInId' | 'runId' | 'linkId'>; end: SignInEnd },
): Promise<boolean> =>
  runCommand(ctx, 'admin', async (tx) => {
    const ended = await tx
      .update(signIn)
      .set({ ...emptied, ...end, answer: null, sequence: next })
      .where(
        and(
          eq(signIn.id, taken.signInId),
          eq(signIn.runId, taken.runId),
          sql`status::text in (select json_array_elements_text(${JSON.stringify(OPEN_SIGN_INS)}::json))`,
        ),
      )
      .returning({ id: signIn.id });
    if (ended.length === 0) return false;
    await tellSignIn(tx, taken.linkId);
    await appendAudit(tx, ctx, { action: `sign_in.${end.status}`, entityId: taken.signInId, after: end });
    return true;
  });
