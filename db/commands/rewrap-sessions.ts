import { and, asc, gt, ne, sql } from 'drizzle-orm';
import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { accountSession } from '../schema/accounts.ts';
import type { Sealed } from '../seal.ts';
import type { Rewrap } from '../session-keys.ts';

export type Rewrapped = {
  rewrapped: number;
  /** Left as they are: their key is not among the keys, or their seal is broken. */
  unopenable: number;
  /** The last account looked at; undefined when there are no more. */
  last: string | undefined;
};

/**
 * Wraps the next sessions after the account `after`, in the order of their ids, with the key called `newestId`, and no
 * transaction waits for it. A session that was sealed anew meanwhile is left alone, and so is every one that cannot be
 * opened.
 */
export const rewrapSessions = async (
  ctx: CommandContext,
  input: { newestId: string; rewrap: Rewrap; after: string | undefined; limit: number },
): Promise<Rewrapped> => {
  const { newestId, after, limit } = input;
  const rows = await runCommand(ctx, 'owner', (tx) =>
    tx
      .select({
        accountId: accountSession.accountId,
        bytes: accountSession.sealed,
        keyId: accountSession.keyId,
      })
      .from(accountSession)
      .where(and(ne(accountSession.keyId, newestId), after ? gt(accountSession.accountId, after) : undefined))
      .orderBy(asc(accountSession.accountId))
      .limit(limit),
  );
  const { workspaceId } = ctx;
  const resealed = await input.rewrap(
    rows.map(({ accountId, ...sealed }) => ({ owner: { workspaceId, accountId }, sealed })),
  );
  const wrapped = rows.flatMap(({ accountId, ...old }, index) => {
    const sealed = resealed[index];
    return sealed ? [{ id: accountId, old: base64(old), sealed: base64(sealed), keyId: sealed.keyId }] : [];
  });
  const rewrapped = wrapped.length > 0 ? await keep(ctx, newestId, wrapped) : 0;
  const last = rows.length < limit ? undefined : rows.at(-1)?.accountId;
  return { rewrapped, unopenable: rows.length - wrapped.length, last };
};

const keep = (ctx: CommandContext, newestId: string, wrapped: readonly object[]): Promise<number> =>
  runCommand(ctx, 'owner', async (tx) => {
    const updated = await tx.execute(sql`
      update account_session set sealed = decode(given.sealed, 'base64'), key_id = given."keyId"
      from json_to_recordset(${JSON.stringify(wrapped)}::json) as given(id uuid, old text, sealed text, "keyId" text)
      where account_id = given.id and account_session.sealed = decode(given.old, 'base64')
      returning account_id`);
    if (updated.length > 0) {
      const after = { keyId: newestId, sessions: updated.length };
      await appendAudit(tx, ctx, { action: 'account_session.rewrapped', after });
    }
    return updated.length;
  });

const base64 = ({ bytes }: Sealed): string => bytes.toString('base64');
