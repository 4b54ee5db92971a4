import { createHash } from 'node:crypto';
import { and, desc, eq, gt, sql } from 'drizzle-orm';
import { OPEN_SIGN_INS, type SignInMethod, type SignInStatus } from '#core/account/sign-in.ts';
import type { Role } from '#core/roles.ts';
import type { Secret } from '#core/secret.ts';
import type { Language } from '#core/statuses.ts';
import { acrossWorkspaces, type Db, inWorkspace } from './context.ts';
import { account } from './schema/accounts.ts';
import { connectLink, signIn } from './schema/sign-ins.ts';
import { member, operator, workspace } from './schema/team.ts';
import { createBoxKeys } from './sealed-box.ts';

/** How a token or a ticket is remembered. */
export const hashOf = (secret: Secret): Buffer => createHash('sha256').update(secret.reveal()).digest();

/** The keys with which a page opens what is shown on it. */
export const pageKeysOf = (ticket: Secret) => createBoxKeys(Buffer.from(ticket.reveal(), 'base64url'));

/** An opened page: for whom it works, with the role of this moment. */
export type ConnectPage = {
  linkId: string;
  operatorId: string;
  language: Language;
  workspaceId: string;
  workspaceName: string;
  role: Role;
};

const pageColumns = {
  linkId: connectLink.id,
  operatorId: operator.id,
  language: operator.language,
  workspaceId: workspace.id,
  workspaceName: workspace.name,
  role: member.role,
};

/** The page behind a link or a ticket; undefined when it has ended, never was, or its operator left the workspace. */
export const findConnectPage = (
  db: Db,
  by: { tokenHash: Buffer } | { ticketHash: Buffer },
): Promise<ConnectPage | undefined> =>
  acrossWorkspaces(db, async (tx) => {
    const isIt =
      'tokenHash' in by ? eq(connectLink.tokenHash, by.tokenHash) : eq(connectLink.ticketHash, by.ticketHash);
    const [found] = await tx
      .select(pageColumns)
      .from(connectLink)
      .innerJoin(operator, eq(operator.id, connectLink.operatorId))
      .innerJoin(
        member,
        and(eq(member.operatorId, connectLink.operatorId), eq(member.workspaceId, connectLink.workspaceId)),
      )
      .innerJoin(workspace, eq(workspace.id, connectLink.workspaceId))
      .where(and(isIt, gt(connectLink.expiresAt, sql`clock_timestamp()`)));
    return found;
  });

export type SignInNow = {
  signInId: string;
  method: SignInMethod;
  status: SignInStatus;
  sequence: number;
  hint: string | null;
  problem: string | null;
  waitSeconds: number | null;
  /** Sealed to the page. */
  shown: Buffer | null;
  /** Real milliseconds until another code is shown, and until the attempt ends. */
  shownLeftMs: number | null;
  leftMs: number;
  account: { firstName: string; username: string | null; isNew: boolean } | undefined;
};

/** The latest sign-in of a page. Notices that its time is over, or that its worker has fallen silent. */
export const findSignIn = (
  db: Db,
  { workspaceId, linkId }: Pick<ConnectPage, 'workspaceId' | 'linkId'>,
): Promise<SignInNow | undefined> =>
  inWorkspace(db, workspaceId, async (tx) => {
    await tx.execute(endForsaken(linkId));
    const [row] = await tx
      .select({
        signInId: signIn.id,
        method: signIn.method,
        status: signIn.status,
        sequence: signIn.sequence,
        hint: signIn.hint,
        problem: signIn.problem,
        waitSeconds: signIn.waitSeconds,
        shown: signIn.shown,
        shownLeftMs: sql<number | null>`${leftMs(sql`${signIn.shownUntil}`)}`,
        leftMs: sql<number>`${leftMs(sql`${signIn.expiresAt}`)}`,
        isNewAccount: signIn.isNewAccount,
        firstName: account.firstName,
        username: account.username,
      })
      .from(signIn)
      .leftJoin(account, eq(account.id, signIn.accountId))
      .where(eq(signIn.linkId, linkId))
      .orderBy(desc(signIn.startedAt))
      .limit(1);
    if (!row) return undefined;
    const { firstName, username, isNewAccount, ...rest } = row;
    const connected = firstName === null ? undefined : { firstName, username, isNew: isNewAccount ?? true };
    return { ...rest, account: connected };
  });

const leftMs = (until: ReturnType<typeof sql>) =>
  sql`greatest(0, extract(epoch from ${until} - clock_timestamp()) * 1000)::float8`;

/** Open sign-ins past their end have expired; those of a worker that gave no sign of life for a term are lost. */
const endForsaken = (linkId: string) => sql`
  update sign_in set
    status = (case when expires_at <= clock_timestamp() then 'expired' else 'lost' end)::sign_in_status,
    shown = null, shown_until = null, answer = null, hint = null, sequence = sequence + 1
  where link_id = ${linkId}
    and status::text in (select json_array_elements_text(${JSON.stringify(OPEN_SIGN_INS)}::json))
    and (expires_at <= clock_timestamp() - interval '5 seconds' or run_id is not null and not exists (
      select from node
      where node.run_id = sign_in.run_id and node.status in ('registered', 'active', 'draining')
        and node.seen_at > clock_timestamp() - node.lease_seconds * interval '1 second'))`;
