import { eq, sql } from 'drizzle-orm';
import type { Standing } from '#core/account/standing.ts';
import { at, onlyRow } from './command.ts';
import type { Tx } from './context.ts';
import { account } from './schema/accounts.ts';

/** True of an account `a` that works, or will again with nobody's help; the rule is `recoversByItself` in core. */
export const recoversByItself = sql.raw(
  `a.status in ('active', 'cooling', 'blocked') and not a.wants_person`,
);

const standingColumns = {
  status: account.status,
  statusError: account.statusError,
  recoversAt: account.recoversAt,
  waitError: account.waitError,
  wantsPerson: account.wantsPerson,
};

/** Throws `not_found`. */
export const readStanding = async (tx: Tx, accountId: string): Promise<Standing> =>
  onlyRow(await tx.select(standingColumns).from(account).where(eq(account.id, accountId)), 'not_found');

export const saveStanding = async (tx: Tx, accountId: string, standing: Standing): Promise<void> => {
  await tx.update(account).set(standing).where(eq(account.id, accountId));
};

/** Asks for the community to be read by the account; an answer that is there already stays until the new one. */
export const wantAccess = async (
  tx: Tx,
  want: { workspaceId: string; accountId: string; communityId: string; now: Date },
): Promise<void> => {
  await tx.execute(sql`
    insert into community_access as known (workspace_id, account_id, community_id, check_at)
    values (${want.workspaceId}, ${want.accountId}, ${want.communityId}, ${at(want.now)})
    on conflict (account_id, community_id) do update set check_at = coalesce(known.check_at, excluded.check_at)`);
};
