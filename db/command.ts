import { type SQL, sql } from 'drizzle-orm';
import { Refused } from '#core/refusals.ts';
import { includesRole, type Role } from '#core/roles.ts';
import type { Verdict } from '#core/verdict.ts';
import { type CommandContext, inOneTrip, inWorkspace, type Tx } from './context.ts';
import { doOnce } from './once.ts';
import { audit } from './schema/events.ts';
import type { Closing } from './transactions.ts';

/**
 * Runs one command: refuses an operator whose role is below `needs`, then one transaction inside the workspace.
 * Parts of Usher itself are always allowed.
 */
export const runCommand = async <T>(
  ctx: CommandContext,
  needs: Role,
  work: (tx: Tx) => Promise<T | Closing<T>>,
): Promise<T> => {
  requireRole(ctx, needs);
  const { db, workspaceId, once } = ctx;
  return inWorkspace(db, workspaceId, (tx) =>
    once ? doOnce(tx, workspaceId, once, () => work(tx)) : work(tx),
  );
};

/** The same for a command whose statements need nothing of each other's answers; answers the rows of each. */
export const runInOneTrip = async (ctx: CommandContext, needs: Role, statements: readonly SQL[]) => {
  requireRole(ctx, needs);
  return inOneTrip(ctx.db, ctx.workspaceId, statements);
};

const requireRole = ({ actor }: CommandContext, needs: Role): void => {
  if (actor.kind === 'operator' && !includesRole(actor.role, needs)) throw new Refused('forbidden');
};

/** The verdict's value, or its refusal thrown. */
export const orRefuse = <T>(verdict: Verdict<T>): T => {
  if (verdict.ok) return verdict.value;
  throw new Refused(verdict.refusal.code, verdict.refusal.facts);
};

/** The only row of an answer, or `code` thrown: nothing found is `not_found`, nothing updated is `conflict`. */
export const onlyRow = <T>(rows: readonly T[], code: 'not_found' | 'conflict'): T => {
  const [row] = rows;
  if (row === undefined) throw new Refused(code);
  return row;
};

export type AuditEntry = {
  /** Entity and verb, as the event would be named: `campaign.started`. */
  action: string;
  entityId?: string;
  before?: Record<string, unknown>;
  after?: Record<string, unknown>;
};

/** Writes who did what in the command's own transaction. Never give it secrets: it is kept for ever. */
export const appendAudit = async (tx: Tx, ctx: CommandContext, entry: AuditEntry): Promise<void> => {
  await tx.insert(audit).values({
    workspaceId: ctx.workspaceId,
    actor: ctx.actor,
    action: entry.action,
    entityId: entry.entityId ?? null,
    before: entry.before ?? null,
    after: entry.after ?? null,
    at: ctx.now,
  });
};

/** Business time for a raw statement, which knows no column to map it by. */
export const at = (moment: Date) => sql`${moment.toISOString()}::timestamptz`;
