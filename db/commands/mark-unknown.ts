import { sql } from 'drizzle-orm';
import type { ChatRef, CommunityKind, PersonRef } from '#core/telegram/user-session.ts';
import { appendAudit, at, runCommand } from '../command.ts';
import type { CommandContext, Tx } from '../context.ts';
import { lockAccount } from '../lane-work.ts';
import { requireLease } from '../lease-check.ts';
import { type RefRow, toPersonRef } from '../peer-refs.ts';

/** An attempt to be settled by looking. Without a chat or a person this account can never look again. */
export type UnknownAttempt = {
  attemptId: string;
  chat: ChatRef | undefined;
  person: PersonRef | undefined;
};

type Row = RefRow & {
  id: string;
  community_kind: CommunityKind | null;
  community_telegram_id: string | null;
  community_access_hash: string | null;
};

/**
 * Turns the account's attempts whose deadline has passed into unknown ones and lists all that are due for a look. They
 * keep their place in the limits. Look-ups without an answer are counted as made now. None while the account rests.
 */
export const markUnknown = (
  ctx: CommandContext,
  input: { accountId: string; leaseToken: number },
): Promise<{ attempts: UnknownAttempt[] }> =>
  runCommand(ctx, 'operator', async (tx) => {
    const { accountId } = input;
    const account = await lockAccount(tx, accountId);
    if (account?.status !== 'active') return { attempts: [] };
    await requireLease(tx, input);
    await tx.execute(sql`
      update lookup set counted_at = ${at(ctx.now)}, error = 'timeout'
      where account_id = ${accountId} and counted_at is null and deadline_at <= clock_timestamp()`);
    const marked = await tx.execute<{ id: string }>(sql`
      with late as (
        update attempt set status = 'unknown', reason = 'outcome_unknown'
        where account_id = ${accountId} and status = 'attempting' and deadline_at <= clock_timestamp()
        returning id, target_id
      ), shown as (
        update target set reason = 'outcome_unknown' from late where target.id = late.target_id
      )
      select id from late`);
    for (const { id } of marked) {
      await appendAudit(tx, ctx, { action: 'attempt.unknown', entityId: id, after: { accountId } });
    }
    return { attempts: await listDue(tx, accountId) };
  });

const listDue = async (tx: Tx, accountId: string): Promise<UnknownAttempt[]> => {
  const rows = await tx.execute<Row>(sql`
    select a.id, p.telegram_id, r.kind as ref_kind, r.access_hash, r.chat_kind, r.chat_telegram_id, r.message_id,
      m.kind as community_kind, m.telegram_id as community_telegram_id, x.access_hash as community_access_hash
    from attempt a
    join person p on p.id = a.person_id
    join community m on m.id = a.community_id
    left join community_access x on x.community_id = m.id and x.account_id = a.account_id
    left join peer_ref r on r.account_id = a.account_id and r.person_id = a.person_id
    where a.account_id = ${accountId} and a.status = 'unknown' and a.deadline_at <= clock_timestamp()`);
  return rows.map((row) => {
    const {
      community_kind: kind,
      community_telegram_id: telegramId,
      community_access_hash: accessHash,
    } = row;
    const chat = kind && telegramId && accessHash ? { kind, telegramId, accessHash } : undefined;
    return { attemptId: row.id, chat, person: toPersonRef(row) };
  });
};
