import { deserialize, serialize } from 'node:v8';
import { and, eq, lt, sql } from 'drizzle-orm';
import { Refused } from '#core/refusals.ts';
import type { Tx } from './context.ts';
import { idempotencyKey } from './schema/api.ts';

/** A call that may be sent again and is done once. */
export type Once = {
  operatorId: string;
  key: string;
  /** The same for the same call. */
  callHash: Buffer;
  seal(outcome: Buffer): Buffer;
  /** Undefined for whoever did not make the call with this very token. */
  open(sealed: Buffer): Buffer | undefined;
};

const KEPT_HOURS = 24;

/**
 * Does `work` and keeps what it came to, in the same transaction; the same call sent again, even in the same moment, gets
 * that and does nothing. What was refused is not kept: it changed nothing. Refuses with `call.key_reused` for another
 * call under the key, and with `call.answer_gone` when the answer cannot be opened.
 */
export const doOnce = async <T>(
  tx: Tx,
  workspaceId: string,
  once: Once,
  work: () => Promise<T>,
): Promise<T> => {
  const { operatorId, key, callHash } = once;
  await tx.delete(idempotencyKey).where(lt(idempotencyKey.expiresAt, sql`clock_timestamp()`));
  const expiresAt = sql`clock_timestamp() + ${KEPT_HOURS} * interval '1 hour'`;
  const isIt = and(eq(idempotencyKey.operatorId, operatorId), eq(idempotencyKey.key, key));
  // Whoever sends the same key meanwhile waits here for this transaction to end.
  const [mine] = await tx
    .insert(idempotencyKey)
    .values({ workspaceId, operatorId, key, callHash, outcome: Buffer.alloc(0), expiresAt })
    .onConflictDoNothing()
    .returning({ key: idempotencyKey.key });
  if (mine) {
    const value = await work();
    await tx
      .update(idempotencyKey)
      .set({ outcome: once.seal(serialize(value)) })
      .where(isIt);
    return value;
  }
  const [kept] = await tx.select().from(idempotencyKey).where(isIt);
  if (!kept) throw new Refused('conflict');
  if (!kept.callHash.equals(callHash)) throw new Refused('call.key_reused');
  const outcome = once.open(kept.outcome);
  if (!outcome) throw new Refused('call.answer_gone');
  return deserialize(outcome) as T;
};
