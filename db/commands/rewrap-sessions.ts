import { and, asc, gt, ne, sql } from 'drizzle-orm';
import type { SealKeys } from '#core/session-keys.ts';
import { appendAudit, runCommand } from '../command.ts';
import type { CommandContext } from '../context.ts';
import { accountSession } from '../schema/accounts.ts';
import { KeyMissing, rewrapSession, SealBroken, type Sealed } from '../seal.ts';

export type Rewrapped = {
  rewrapped: number;
  /** Left as they are: their key is not among the keys, or their seal is broken. */
  unopenable: number;
  /** The last account looked at; undefined when there are no more. */
  last: string | undefined;
};

/**
 * Wraps the next sessions after the account `after`, in the order of their ids, with the newest key. A session that was
 * sealed anew meanwhile is left alone, and so is every one that cannot be opened.
 */
export const rewrapSessions = (
  ctx: CommandContext,
  input: { keys: SealKeys; after: string | undefined; limit: number },
): Promise<Rewrapped> =>
  runCommand(ctx, 'owner', async (tx) => {
    const { keys, after, limit } = input;
    const [newest] = keys;
    const rows = await tx
      .select({
        accountId: accountSession.accountId,
        bytes: accountSession.sealed,
        keyId: accountSession.keyId,
      })
      .from(accountSession)
      .where(
        and(ne(accountSession.keyId, newest.id), after ? gt(accountSession.accountId, after) : undefined),
      )
      .orderBy(asc(accountSession.accountId))
      .limit(limit);
    const wrapped = rows.flatMap(({ accountId, ...old }) => {
      const sealed = tryRewrap(keys, { workspaceId: ctx.workspaceId, accountId }, old);
      return sealed ? [{ id: accountId, old: base64(old), sealed: base64(sealed) }] : [];
    });
    const updated = await tx.execute(sql`
      update account_session set sealed = decode(given.sealed, 'base64'), key_id = ${newest.id}
      from json_to_recordset(${JSON.stringify(wrapped)}::json) as given(id uuid, old text, sealed text)
      where account_id = given.id and account_session.sealed = decode(given.old, 'base64')
      returning account_id`);
    if (updated.length > 0) {
      const after = { keyId: newest.id, sessions: updated.length };
      await appendAudit(tx, ctx, { action: 'account_session.rewrapped', after });
    }
    const last = rows.length < limit ? undefined : rows.at(-1)?.accountId;
    return { rewrapped: updated.length, unopenable: rows.length - wrapped.length, last };
  });

const tryRewrap = (
  keys: SealKeys,
  owner: { workspaceId: string; accountId: string },
  sealed: Sealed,
): Sealed | undefined => {
  try {
    return rewrapSession(keys, keys[0], owner, sealed);
  } catch (error) {
    if (error instanceof KeyMissing || error instanceof SealBroken) return undefined;
    throw error;
  }
};

const base64 = ({ bytes }: Sealed): string => bytes.toString('base64');
